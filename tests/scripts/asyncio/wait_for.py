# wait_for: a result in time, a timeout that cancels, a timeout of zero, an exception.
import asyncio


async def slow():
    try:
        await asyncio.sleep(100)
    except asyncio.CancelledError:
        print("slow cancelled")
        raise


async def fails():
    raise KeyError("inside")


async def main():
    print(await asyncio.wait_for(asyncio.sleep(0, "in time"), 10))
    print(await asyncio.wait_for(asyncio.sleep(0, "no limit"), None))
    for limit in (0.01, 0, -1):
        try:
            await asyncio.wait_for(slow(), limit)
        except TimeoutError as error:
            print(type(error), error.args, type(error.__cause__))
    try:
        await asyncio.wait_for(fails(), 1)
    except KeyError as error:
        print(repr(error))


asyncio.run(main())
