# KeyboardInterrupt and SystemExit in a task become its exception and leave the loop too; others do not.
import asyncio
import gc


class Own(BaseException):
    pass


async def raises(error):
    await asyncio.sleep(0)
    raise error


async def cleans_up(error):
    try:
        await asyncio.sleep(3600)
    except asyncio.CancelledError:
        raise error


loop = asyncio.new_event_loop()
loop.set_exception_handler(lambda loop, context: print("handler", context["message"]))
for error in (KeyboardInterrupt("k"), SystemExit(3), Own("o"), GeneratorExit("g")):
    task = loop.create_task(raises(error))
    try:
        loop.run_until_complete(asyncio.wait([task]))
    except BaseException as left:
        print("left the loop", left is error)
    print(task.done(), repr(task.exception()), task.exception() is error)
    task = loop.create_task(cleans_up(error))
    loop.call_soon(lambda: loop.call_soon(task.cancel))
    try:
        loop.run_until_complete(task)
    except BaseException as left:
        print(left is error, task.cancelled())
gc.collect()
for task in asyncio.all_tasks(loop):
    task.cancel()
loop.run_until_complete(asyncio.sleep(0))
loop.close()
