# create_eager_task_factory hands eager_start=True by keyword to the constructor it is given.
import asyncio


def constructor(coro, **kwargs):
    print(sorted(kwargs), kwargs["eager_start"], kwargs["name"], kwargs["context"])
    return asyncio.Task(coro, **kwargs)


class MyTask(asyncio.Task):
    pass


async def work():
    return asyncio.current_task()


async def main():
    loop = asyncio.get_running_loop()
    for factory in (asyncio.create_eager_task_factory(constructor), asyncio.create_eager_task_factory(MyTask)):
        loop.set_task_factory(factory)
        task = asyncio.create_task(work(), name="named")
        print(type(task).__name__, task.done(), await task is task, task.get_name())
    task = asyncio.Task(work(), loop=loop, eager_start=False)
    print(task.done())
    try:
        asyncio.Task(None, loop=loop, eager_start=True)
    except TypeError as error:
        print(error)
    await task


asyncio.run(main())
