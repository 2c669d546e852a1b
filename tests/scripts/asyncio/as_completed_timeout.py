# as_completed with a timeout: each await that is left raises TimeoutError; the members go on.
import asyncio


async def main():
    tasks = [asyncio.create_task(asyncio.sleep(0, "quick")), asyncio.create_task(asyncio.sleep(3600)), asyncio.create_task(asyncio.sleep(3600))]
    for awaitable in asyncio.as_completed(tasks, timeout=0.05):
        try:
            print(await awaitable)
        except TimeoutError as error:
            print(repr(error), error.__cause__, error.__context__)
    print([task.done() for task in tasks])
    try:
        async for future in asyncio.as_completed(tasks, timeout=0.05):
            print(future is tasks[0], await future)
    except TimeoutError as error:
        print(repr(error))
    print([task.cancelled() for task in tasks])
    iterator = asyncio.as_completed(tasks, timeout=0)
    try:
        await next(iterator)
        await next(iterator)
    except TimeoutError:
        print("at once")
    for task in tasks:
        task.cancel()
    for awaitable in asyncio.as_completed(tasks):
        try:
            await awaitable
        except asyncio.CancelledError:
            print("cancelled")


asyncio.run(main())
