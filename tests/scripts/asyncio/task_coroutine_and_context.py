# get_coro is the coroutine itself, None for an eagerly finished task; get_context is the very context that was given.
import asyncio
import contextvars

variable = contextvars.ContextVar("variable", default="unset")


async def work(value=None):
    if value:
        variable.set(value)
    print("inside", variable.get())


async def main():
    loop = asyncio.get_running_loop()
    coroutine = work()
    task = asyncio.create_task(coroutine)
    print(task.get_coro() is coroutine, isinstance(task.get_context(), contextvars.Context))
    await task
    print(task.get_coro() is coroutine)
    context = contextvars.copy_context()
    task = asyncio.create_task(work("in the given context"), context=context)
    print(task.get_context() is context)
    await task
    print(context[variable], variable.get())
    task = asyncio.create_task(work("in a copy"))
    await task
    print(task.get_context()[variable], variable.get())
    task = asyncio.eager_task_factory(loop, work())
    print(task.done(), task.get_coro())
    await asyncio.create_task(work(), context=context)


asyncio.run(main())
