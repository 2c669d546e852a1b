# Subclasses of Future: their add_done_callback, cancel and result are the ones that a waiting task calls, once each.
import asyncio


class MyFuture(asyncio.Future):
    def add_done_callback(self, callback, *, context=None):
        print("add_done_callback", context is not None)
        super().add_done_callback(callback, context=context)

    def cancel(self, msg=None):
        print("cancel", msg)
        return super().cancel(msg)

    def result(self):
        print("result")
        return super().result()


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
    loop.call_soon((future := MyFuture(loop=loop)).set_exception, ValueError("failed"))
    print(await asyncio.gather(future, return_exceptions=True))


asyncio.run(main())
