# wait_for on expiry: waits until the inner has ended; a value or another exception of it wins over the timeout.
import asyncio


async def slow(end):
    try:
        await asyncio.sleep(3600)
    except asyncio.CancelledError:
        await asyncio.sleep(0.05)
        print("cleaned up")
        if end == "value":
            return "the value"
        if end == "error":
            raise ValueError("the error")
        raise


async def main():
    for end in ("cancelled", "value", "error"):
        for wrap in (slow, lambda end: asyncio.create_task(slow(end))):
            try:
                print("gave", await asyncio.wait_for(wrap(end), 0.05))
            except (TimeoutError, ValueError) as error:
                print(repr(error), repr(error.__cause__), repr(error.__context__), asyncio.current_task().cancelling())
    future = asyncio.get_running_loop().create_future()
    try:
        await asyncio.wait_for(future, 0.05)
    except TimeoutError as error:
        print(repr(error), future.cancelled())


asyncio.run(main())
