# Cancelled before its first step, a task never runs its body; the CancelledError is thrown in at the start.
import asyncio
import traceback


async def work():
    try:
        print("never seen")
    finally:
        print("never seen either")


async def main():
    for message in ((), ("message",)):
        task = asyncio.create_task(work(), name="T")
        print(task.cancel(*message), task.done(), task)
        try:
            await task
        except asyncio.CancelledError as error:
            print(error.args, [frame.name for frame in traceback.extract_tb(error.__traceback__)])
        print(task)


asyncio.run(main())
