# Five philosophers, each with one fork in the hand.
import asyncio


async def philosopher(left, right):
    async with left:
        await asyncio.sleep(0)
        async with right:
            print("never")


async def main():
    forks = [asyncio.Lock() for _ in range(5)]
    async with asyncio.TaskGroup() as table:
        for i in range(5):
            table.create_task(philosopher(forks[i], forks[(i + 1) % 5]), name=f"philosopher {i}")


asyncio.run(main())
