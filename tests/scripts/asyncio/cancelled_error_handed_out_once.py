# The stored CancelledError of a task is handed out once; after that there are fresh ones, without the message.
import asyncio


async def waits():
    await asyncio.get_running_loop().create_future()


def error_of(call):
    try:
        call()
    except asyncio.CancelledError as error:
        return error


async def main():
    for first in ("result", "exception"):
        task = asyncio.create_task(waits())
        await asyncio.sleep(0)
        task.cancel("message")
        await asyncio.wait([task])
        one = error_of(getattr(task, first))
        two = error_of(task.result)
        three = error_of(task.exception)
        print(one.args, two.args, three.args, one is two, two is three)
        print(one.__context__, two.__context__, one.__traceback__.tb_next is not None)
    future = asyncio.get_running_loop().create_future()
    future.cancel("message")
    one, two = error_of(future.result), error_of(future.result)
    print(one.args, two.args, one is two, future._make_cancelled_error())


asyncio.run(main())
