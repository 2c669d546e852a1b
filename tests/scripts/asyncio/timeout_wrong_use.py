# A timeout is entered once, inside a task, and as an asynchronous context manager.
import asyncio


async def enter(limit):
    async with limit:
        return "entered"


def drive(coroutine):
    try:
        coroutine.send(None)
    except StopIteration as stop:
        print(stop.value)
    except RuntimeError as error:
        print(type(error).__name__, error)


async def main():
    limit = asyncio.timeout(1)
    print(await enter(limit))
    try:
        print(await enter(limit))
    except RuntimeError as error:
        print(error)
    try:
        asyncio.timeout("text")
    except TypeError as error:
        print(error)
    try:
        with asyncio.timeout(1):
            pass
    except TypeError as error:
        print(error)
    asyncio.get_running_loop().call_soon(lambda: drive(enter(asyncio.timeout(1))))
    await asyncio.sleep(0)
    other = asyncio.timeout(3600)
    async with other:
        try:
            await enter(other)
        except RuntimeError as error:
            print(error)


asyncio.run(main())
drive(enter(asyncio.Timeout(None)))
