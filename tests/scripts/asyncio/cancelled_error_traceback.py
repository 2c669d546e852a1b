# The CancelledError of a task has the traceback of the cancelled coroutine: its line and each await on the way.
import asyncio
import traceback


async def inner():
    await asyncio.get_running_loop().create_future()


async def middle():
    await inner()


async def outer():
    await middle()


async def main():
    task = asyncio.create_task(outer())
    await asyncio.sleep(0)
    task.cancel("message")
    try:
        await task
    except asyncio.CancelledError as error:
        for frame in traceback.extract_tb(error.__traceback__):
            print(frame.name, frame.line)
        print(error.args)
    for _ in range(2):
        try:
            task.result()
        except asyncio.CancelledError as error:
            print("again", error.args, [frame.name for frame in traceback.extract_tb(error.__traceback__)])


asyncio.run(main())
