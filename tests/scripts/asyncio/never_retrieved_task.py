# A task whose exception nobody looked at is reported; a cancelled or asked one is not.
import asyncio
import gc


def handler(loop, context):
    print(sorted(context), context["message"], repr(context["exception"]), context["future"].get_name())


class MyTask(asyncio.Task):
    pass


async def fails():
    raise ValueError("lost")


async def main():
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(handler)
    asyncio.create_task(fails(), name="plain")
    MyTask(fails(), name="subclass")
    await asyncio.sleep(0.01)
    gc.collect()
    print("--")
    task = asyncio.create_task(fails(), name="cancelled after it failed")
    await asyncio.sleep(0)
    print(task.cancel(), task)
    del task
    task = asyncio.create_task(fails(), name="looked at")
    await asyncio.wait([task])
    print(repr(task.exception()))
    del task
    print(await asyncio.gather(fails(), return_exceptions=True))
    gc.collect()


asyncio.run(main())
