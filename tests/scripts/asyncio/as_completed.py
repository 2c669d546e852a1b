# as_completed yields in order of completion, also as an asynchronous iterator.
import asyncio


async def worker(turns):
    for _ in range(turns):
        await asyncio.sleep(0)
    return turns


async def main():
    tasks = [asyncio.create_task(worker(n)) for n in (9, 3, 6)]
    for next_one in asyncio.as_completed(tasks):
        print(await next_one)
    tasks = [asyncio.create_task(worker(n)) for n in (8, 2, 5)]
    async for task in asyncio.as_completed(tasks):
        print(task in tasks, task.result())
    try:
        for next_one in asyncio.as_completed([worker(0), asyncio.sleep(60)], timeout=0.01):
            print(await next_one)
    except TimeoutError:
        print("timeout")


asyncio.run(main())
