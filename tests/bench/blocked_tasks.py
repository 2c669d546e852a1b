# Memory of tasks that are blocked on a future each: prints the count; the runner compares peak memory.
import asyncio
import sys

COUNT = int(sys.argv[1]) if len(sys.argv) > 1 else 200000


async def blocked(future):
    await future


async def main():
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    tasks = [asyncio.create_task(blocked(future)) for _ in range(COUNT)]
    await asyncio.sleep(0)
    with open("/proc/self/statm") as file:
        print("resident", int(file.read().split()[1]) * 4096)
    future.set_result(None)
    for task in tasks:
        await task
    print("done", len(tasks))


asyncio.run(main())
