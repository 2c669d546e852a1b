# gather: results in the order of the arguments, the same awaitable twice is one child, nothing at all is a done future.
import asyncio


async def work(value, rounds):
    for _ in range(rounds):
        await asyncio.sleep(0)
    print("done", value)
    return value


async def main():
    print(await asyncio.gather(work("slow", 5), work("quick", 1), work("middle", 3)))
    coroutine, task = work("once", 1), asyncio.create_task(work("task", 2))
    future = asyncio.gather(coroutine, task, coroutine, task, asyncio.sleep(0, "other"))
    print(type(future).__name__, len(future._children))
    print(await future)
    empty = asyncio.gather()
    print(empty, type(empty).__name__, await empty)
    print(await asyncio.gather(*[asyncio.gather(work(n, n), work(-n, 0)) for n in range(3)]))
    for wrong in ((1,), (None, task), ([task],)):
        try:
            asyncio.gather(*wrong)
        except TypeError as error:
            print(error)


asyncio.run(main())
try:
    asyncio.gather()
except RuntimeError as error:
    print(error)
