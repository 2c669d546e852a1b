# set_task_factory: what it refuses, what the factory is given, and that names arrive.
import asyncio
import contextvars


async def work():
    return asyncio.current_task().get_name()


def plain(loop, coro):
    print("plain")
    return asyncio.Task(coro, loop=loop)


def keywords(loop, coro, **kwargs):
    print("keywords", sorted(kwargs))
    return asyncio.Task(coro, loop=loop, **kwargs)


async def main():
    loop = asyncio.get_running_loop()
    try:
        loop.set_task_factory(1)
    except TypeError as error:
        print(error)
    for factory in (plain, keywords, None):
        loop.set_task_factory(factory)
        print(loop.get_task_factory() is factory)
        print(await asyncio.create_task(work(), name="named"))
        print((await loop.create_task(work())).startswith("Task-"))
        try:
            print(await asyncio.create_task(work(), name="with context", context=contextvars.copy_context()))
        except TypeError as error:
            print(error)


asyncio.run(main())
