# Locks are neither awaitable nor plain context managers, and take no loop.
import asyncio


async def main():
    for kind in (asyncio.Lock, asyncio.Semaphore, asyncio.BoundedSemaphore, asyncio.Condition):
        primitive = kind()
        try:
            await primitive
        except TypeError as error:
            print(error)
        try:
            with await primitive:
                pass
        except TypeError as error:
            print(error)
        try:
            with primitive:
                pass
        except TypeError as error:
            print(error)
        async with primitive as value:
            print(value, primitive.locked())
    loop = asyncio.get_running_loop()
    for kind in (asyncio.Lock, asyncio.Event, asyncio.Semaphore, asyncio.Condition, asyncio.Queue, asyncio.BoundedSemaphore):
        try:
            kind(loop=loop)
        except TypeError as error:
            print(error)
    for kind, args in ((asyncio.Barrier, ()), (asyncio.Lock, (1,)), (asyncio.Event, (1,))):
        try:
            kind(*args)
        except TypeError as error:
            print(error)


asyncio.run(main())
