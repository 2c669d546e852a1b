# Cancelling gather's future cancels all children; it ends when they have ended, in CancelledError in any case.
import asyncio


async def waits(name, rounds=0):
    try:
        await asyncio.sleep(3600)
    except asyncio.CancelledError as error:
        print(name, error.args)
        for _ in range(rounds):
            await asyncio.sleep(0)
        print(name, "ends")
        raise


async def swallows():
    try:
        await asyncio.sleep(3600)
    except asyncio.CancelledError:
        return "swallowed"


async def main():
    for return_exceptions in (False, True):
        for children in ((waits("a", 3), waits("b")), (swallows(), swallows()), (waits("c"), asyncio.sleep(0))):
            future = asyncio.gather(*children, return_exceptions=return_exceptions)
            await asyncio.sleep(0.01)
            print(future.cancel("message"), future.done(), future.cancel(), future)
            try:
                print("result", await future)
            except asyncio.CancelledError as error:
                print("cancelled", error.args, future.cancelled())
            print(future.cancel(), future.done())
    child = asyncio.create_task(asyncio.sleep(0))
    future = asyncio.gather(child)
    await child
    print(future.done(), future.cancel(), await future)


asyncio.run(main())
