# A step of a task whose result was forced from outside is an error for the exception handler.
import asyncio


def handler(loop, context):
    print(sorted(context), context["message"].split(" at 0x")[0].split("(<")[0])
    print(type(context["exception"]).__name__, str(context["exception"]).split(" coro=")[0])


async def work():
    print("not reached")


async def waits(future):
    await future
    print("not reached either")


async def main():
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(handler)
    coroutine = work()
    task = asyncio.Task(coroutine, loop=loop, name="T")
    asyncio.Future.set_result(task, "forced")
    print(await task)
    await asyncio.sleep(0)
    coroutine.close()
    future = loop.create_future()
    coroutine = waits(future)
    task = asyncio.Task(coroutine, loop=loop, name="T")
    await asyncio.sleep(0)
    asyncio.Future.set_exception(task, KeyError("forced"))
    future.set_result(None)
    print(await asyncio.gather(task, return_exceptions=True))
    await asyncio.sleep(0)
    coroutine.close()


asyncio.run(main())
