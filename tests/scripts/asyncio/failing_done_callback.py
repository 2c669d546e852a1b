# A done callback that raises is reported to the exception handler; the others run.
import asyncio


def handler(loop, context):
    print(context["message"].split(" at ")[0], repr(context["exception"]), context["handle"].cancelled())


def fails(future):
    raise ValueError(future.result())


async def main():
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(handler)
    future = loop.create_future()
    future.add_done_callback(lambda _: print("before"))
    future.add_done_callback(fails)
    future.add_done_callback(lambda _: print("after"))
    future.set_result(None)
    print(await future)
    task = asyncio.create_task(asyncio.sleep(0, "slept"))
    task.add_done_callback(fails)
    task.add_done_callback(lambda: None)
    task.add_done_callback(3)
    print(await task)
    await asyncio.sleep(0)


asyncio.run(main())
