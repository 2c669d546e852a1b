# When the loop cannot take its first step, a task is reported as destroyed, and it is not among all_tasks().
import asyncio
import gc
import inspect


def handler(loop, context):
    print(sorted(context), context["message"], context["task"].get_name())


async def work():
    pass


def refuse(*args, **kwargs):
    raise RuntimeError("call_soon refuses")


loop = asyncio.new_event_loop()
loop.set_exception_handler(handler)
coroutine = work()
loop.call_soon = refuse
try:
    asyncio.Task(coroutine, loop=loop, name="not begun")
except RuntimeError as error:
    print(error)
    error.__traceback__ = None
gc.collect()
del loop.call_soon
print(asyncio.all_tasks(loop), inspect.getcoroutinestate(coroutine))
coroutine.close()
loop.close()
