# What cancel(), cancelling() and uncancel() give, while a task waits, runs, and after it has ended.
import asyncio


async def waits(future):
    try:
        await future
    except asyncio.CancelledError as error:
        print("cancelled", error.args, asyncio.current_task().cancelling())
        raise


async def main():
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    task = asyncio.create_task(waits(future))
    await asyncio.sleep(0)
    print(task.cancelling(), task.cancel("first"), task.cancelling(), future.cancelled(), task.cancelled())
    print(task.cancel("second"), task.cancelling())
    await asyncio.wait([task])
    print(task.cancelled(), task.cancelling(), task.cancel("late"), task.cancelling())
    print([task.uncancel() for _ in range(4)], task.cancelled())
    me = asyncio.current_task()
    print(me.cancel("me"), me.cancelling(), me._must_cancel)
    print(me.uncancel(), me.cancelling(), me._must_cancel)
    await asyncio.sleep(0)
    print(me.cancel("a"), me.cancel("b"), me.uncancel(), me._must_cancel)
    try:
        await asyncio.sleep(0)
    except asyncio.CancelledError as error:
        print("thrown", error.args, me.cancelling(), me.uncancel(), me.uncancel())


asyncio.run(main())
