# Subclasses of Future and Task: their add_done_callback is the one that a waiting task calls, once.
import asyncio


class MyFuture(asyncio.Future):
    def add_done_callback(self, callback, *, context=None):
        print("future.add_done_callback", context is not None)
        super().add_done_callback(callback, context=context)

    def cancel(self, msg=None):
        print("future.cancel", msg)
        return super().cancel(msg)

    def result(self):
        print("future.result")
        return super().result()


class MyTask(asyncio.Task):
    def add_done_callback(self, *args, **kwargs):
        print("task.add_done_callback")
        super().add_done_callback(*args, **kwargs)

    def get_loop(self):
        raise RuntimeError("get_loop is broken")


async def waits(future):
    return await future


async def main():
    loop = asyncio.get_running_loop()
    future = MyFuture(loop=loop)
    loop.call_soon(future.set_result, "result")
    print(await future)
    task = asyncio.create_task(waits(MyFuture(loop=loop)))
    await asyncio.sleep(0)
    task.cancel("message")
    print(await asyncio.gather(task, return_exceptions=True))
    try:
        print(await waits(MyTask(asyncio.sleep(0, "slept"), loop=loop)))
    except RuntimeError as error:
        print(error)


asyncio.run(main())
