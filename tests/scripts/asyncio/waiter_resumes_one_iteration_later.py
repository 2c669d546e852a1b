# Those who wait for a task go on one iteration after its last step, in the order in which they began to wait.
import asyncio


async def ticker(count):
    for number in range(count):
        print("tick", number)
        await asyncio.sleep(0)


async def work():
    await asyncio.sleep(0)
    print("last step")
    return "result"


async def waiter(name, task):
    print(name, await task)


async def main():
    task = asyncio.create_task(work())
    waiters = [asyncio.create_task(waiter(name, task)) for name in "abc"]
    clock = asyncio.create_task(ticker(5))
    task.add_done_callback(lambda _: print("callback"))
    await task
    print("main")
    await asyncio.gather(clock, *waiters)


asyncio.run(main())
