# The exception handler runs in the context of the task or handle that failed.
import asyncio
import contextvars
import gc

name = contextvars.ContextVar("name", default="outside")


def handler(loop, context):
    print(name.get(), "|", context["message"].split(" <")[0])


async def fails():
    name.set("the task")
    raise ValueError


async def main():
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(handler)
    loop.call_exception_handler({"message": "by hand"})
    context = contextvars.copy_context()
    context.run(name.set, "the handle")
    loop.call_soon(lambda: 1 / 0, context=context)
    asyncio.create_task(fails())
    await asyncio.sleep(0.05)
    gc.collect()
    loop.call_exception_handler({"message": "with a handle", "handle": loop.call_soon(print, context=context)})
    await asyncio.sleep(0)


asyncio.run(main())
