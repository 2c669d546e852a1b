# Subclasses of Task and Future with attributes, methods and __init__ of their own, made by hand and by a factory.
import asyncio
import weakref


class Deferred(asyncio.Future):
    def __init__(self, *, loop, tag):
        super().__init__(loop=loop)
        self.tag = tag

    def __repr__(self):
        return f"<Deferred {self.tag} {self._state}>"

    def set_result(self, result):
        print("set_result", result)
        super().set_result((self.tag, result))


class Named(asyncio.Task):
    made = []

    def __init__(self, coro, **kwargs):
        super().__init__(coro, **kwargs)
        self.made.append(self.get_name())
        self.extra = "extra"

    def cancel(self, msg=None):
        print("cancel", self.get_name(), msg)
        return super().cancel(msg)


async def work(future):
    return await future


async def main():
    loop = asyncio.get_running_loop()
    loop.set_task_factory(lambda loop, coro, **kwargs: Named(coro, loop=loop, **kwargs))
    future = Deferred(loop=loop, tag="tag")
    task = asyncio.create_task(work(future), name="first")
    await asyncio.sleep(0)
    print(task.extra, task._fut_waiter, weakref.ref(task)() is task)
    future.set_result(5)
    print(await task, future)
    inner = asyncio.create_task(work(Deferred(loop=loop, tag="never")), name="inner")
    outer = asyncio.create_task(work(inner), name="outer")
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    outer.cancel("why")
    print(await asyncio.gather(outer, inner, return_exceptions=True))
    try:
        async with asyncio.timeout(0.01):
            await asyncio.create_task(work(Deferred(loop=loop, tag="late")), name="late")
    except TimeoutError:
        print("timed out")
    print(Named.made)


asyncio.run(main())
