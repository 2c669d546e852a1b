# wait: what it refuses, and that any iterable of futures will do.
import asyncio


async def main():
    loop = asyncio.get_running_loop()
    future, coroutine = loop.create_future(), asyncio.sleep(0)
    future.set_result(1)
    for wrong in (future, coroutine, [], set(), [coroutine], [future, coroutine], 3, [3]):
        try:
            print(await asyncio.wait(wrong))
        except (TypeError, ValueError, AttributeError) as error:
            print(type(error).__name__, error)
    coroutine.close()
    for return_when in (-1, None, "ALL", asyncio.FIRST_COMPLETED):
        try:
            print(await asyncio.wait([future], return_when=return_when))
        except ValueError as error:
            print(error)
    for iterable in (iter([future]), (f for f in [future]), {future: 1}, frozenset([future]), [future, future]):
        print(await asyncio.wait(iterable))
    try:
        await asyncio.wait([future], loop=loop)
    except TypeError as error:
        print(error)


asyncio.run(main())
