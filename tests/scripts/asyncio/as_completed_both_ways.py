# as_completed: plain iteration gives awaitables, async iteration the futures themselves; both can be mixed and resumed.
import asyncio


async def work(name, rounds):
    for _ in range(rounds):
        await asyncio.sleep(0)
    return name


async def main():
    tasks = [asyncio.create_task(work(name, rounds)) for name, rounds in (("slow", 6), ("quick", 0), ("middle", 3))]
    for awaitable in asyncio.as_completed(tasks):
        print(type(awaitable).__name__, awaitable in tasks, await awaitable)
    tasks = [asyncio.create_task(work(name, rounds)) for name, rounds in (("slow", 6), ("quick", 0), ("middle", 3))]
    async for future in asyncio.as_completed(tasks + [tasks[0]]):
        print(future in tasks, future.done(), await future)
    iterator = asyncio.as_completed([work("coroutine", 1), tasks[0], asyncio.create_task(work("task", 9))])
    print(type(iterator).__name__, iter(iterator) is iterator, aiter(iterator) is iterator)
    print(await next(iterator))
    async for future in iterator:
        print(type(future).__name__, await future)
        break
    for awaitable in iterator:
        print(await awaitable)
    print(next(iterator, "exhausted"), await anext(iterator, "exhausted"))
    for wrong in (tasks[0], work("never", 0), 3):
        try:
            asyncio.as_completed(wrong)
        except TypeError as error:
            print(error)
        if asyncio.iscoroutine(wrong):
            wrong.close()
    print([await a for a in asyncio.as_completed([])], [f async for f in asyncio.as_completed(())])


asyncio.run(main())
