# A subclass that does not call Future.__init__: methods say so.
import asyncio


class Uninitialised(asyncio.Future):
    def __init__(self, *args, **kwargs):
        pass


class UninitialisedTask(asyncio.Task):
    def __init__(self, *args, **kwargs):
        pass


async def nothing():
    pass


loop = asyncio.new_event_loop()
for future in (Uninitialised(loop=loop), UninitialisedTask(None), asyncio.Future.__new__(asyncio.Future)):
    print(future.cancelled(), future.done())
    for call in (future.get_loop, future.result, future.exception, future.cancel, lambda: future.add_done_callback(print),
                 lambda: future.remove_done_callback(print), lambda: asyncio.Future.set_result(future, 1),
                 lambda: asyncio.Future.set_exception(future, ValueError), lambda: next(future.__await__()), lambda: iter(future),
                 lambda: setattr(future, "_asyncio_future_blocking", True)):
        try:
            print("gave", call())
        except (RuntimeError, AttributeError, asyncio.InvalidStateError) as error:
            print(type(error).__name__, error)
loop.close()
