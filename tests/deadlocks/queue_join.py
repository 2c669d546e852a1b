# Nobody calls task_done().
import asyncio


async def worker(queue):
    while True:
        print(await queue.get())


async def main():
    queue = asyncio.PriorityQueue()
    worker_task = asyncio.create_task(worker(queue), name="worker")
    queue.put_nowait("item")
    await queue.join()
    worker_task.cancel()


asyncio.run(main())
