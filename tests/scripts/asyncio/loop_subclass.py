# A loop class of a script's own: overridden create_future, create_task, call_soon and handlers are used everywhere.
import asyncio


class MyFuture(asyncio.Future):
    pass


class MyTask(asyncio.Task):
    pass


class Loop(asyncio.SelectorEventLoop):
    def create_future(self):
        return MyFuture(loop=self)

    def create_task(self, coro, *, name=None, context=None):
        return MyTask(coro, loop=self, name=name and "my " + name, context=context)

    def call_exception_handler(self, context):
        print("handler", context["message"].split(" at ")[0], repr(context.get("exception")))

    def call_soon(self, callback, *args, context=None):
        self.calls = getattr(self, "calls", 0) + 1
        return super().call_soon(callback, *args, context=context)


async def work():
    await asyncio.sleep(0)
    return asyncio.current_task().get_name()


async def main():
    loop = asyncio.get_running_loop()
    task = asyncio.create_task(work(), name="task")
    print(type(asyncio.current_task()).__name__, type(task).__name__, await task)
    async with asyncio.TaskGroup() as group:
        print(type(group.create_task(work(), name="in the group")).__name__)
    future = loop.run_in_executor(None, str, "executor")
    print(type(future).__name__, await future)
    print(type(asyncio.ensure_future(work())).__name__, type(asyncio.gather(work())).__name__, type(asyncio.shield(task)).__name__)
    loop.call_soon(lambda: 1 / 0)
    await asyncio.sleep(0.05)
    before = loop.calls
    await asyncio.sleep(0)
    print(loop.calls - before)


asyncio.run(main(), loop_factory=Loop)
