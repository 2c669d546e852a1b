# All shares of a semaphore are with tasks that wait for one more.
import asyncio


async def worker(semaphore):
    async with semaphore:
        await asyncio.sleep(0)
        async with semaphore:
            print("never")


async def main():
    semaphore = asyncio.Semaphore(3)
    async with asyncio.TaskGroup() as group:
        for i in range(3):
            group.create_task(worker(semaphore), name=f"worker {i}")


asyncio.run(main())
