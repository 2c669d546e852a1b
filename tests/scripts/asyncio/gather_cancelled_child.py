# gather: a cancelled child is a CancelledError of the outer future, which does not count as cancelled itself.
import asyncio


async def waits():
    await asyncio.sleep(3600)


async def main():
    for return_exceptions in (False, True):
        child = asyncio.create_task(waits())
        future = asyncio.gather(child, asyncio.sleep(0, "slept"), return_exceptions=return_exceptions)
        await asyncio.sleep(0)
        child.cancel("message")
        try:
            print(await future)
        except asyncio.CancelledError as error:
            print("raised", error.args)
        print(future.cancelled(), child.cancelled(), future._cancel_requested)
        try:
            print(future.exception())
        except asyncio.CancelledError as error:
            print("exception() raised", error.args)
    done = asyncio.get_running_loop().create_future()
    done.cancel("before")
    print(await asyncio.gather(done, return_exceptions=True))


asyncio.run(main())
