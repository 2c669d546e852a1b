# The second Ctrl-C raises KeyboardInterrupt at once; a handler of the script's own is left alone.
import asyncio
import os
import signal


async def stubborn():
    os.kill(os.getpid(), signal.SIGINT)
    try:
        await asyncio.sleep(3600)
    except asyncio.CancelledError:
        print("cancelled, but goes on")
    os.kill(os.getpid(), signal.SIGINT)
    print("never printed")


async def plain():
    os.kill(os.getpid(), signal.SIGINT)
    await asyncio.sleep(0)
    return "went on"


try:
    asyncio.run(stubborn())
except KeyboardInterrupt as error:
    print(repr(error), repr(error.__context__))
signal.signal(signal.SIGINT, lambda number, frame: print("own handler", number))
print(asyncio.run(plain()))
signal.signal(signal.SIGINT, signal.default_int_handler)


class Duck:
    # A task without uncancel().
    def __init__(self, task):
        self.task = task

    _asyncio_future_blocking = False

    def __getattr__(self, name):
        if name == "uncancel":
            raise AttributeError(name)
        return getattr(self.task, name)


def factory(loop, coro, context=None, **kwargs):
    return Duck(asyncio.Task(coro, loop=loop, context=context))


with asyncio.Runner() as runner:
    runner.get_loop().set_task_factory(factory)
    try:
        runner.run(plain())
    except BaseException as error:
        print(repr(error))
