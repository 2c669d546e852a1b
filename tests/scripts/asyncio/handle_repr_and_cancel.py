# Handles: their reprs with and without debug mode, before and after cancel().
import asyncio
import functools


def noop(*args, **kwargs):
    pass


class Class:
    def method(self):
        pass

    partial = functools.partialmethod(method)


for debug in (False, True):
    loop = asyncio.new_event_loop()
    loop.set_debug(debug)
    handle = loop.call_soon(noop, 1, "two")
    print(handle, handle.cancelled())
    handle.cancel()
    print(handle, handle.cancelled(), handle._callback, handle._args)
    handle.cancel()
    print(handle)
    for callback in (functools.partial(noop, 1, key=2), functools.partial(functools.partial(noop), 3), Class().method,
                     Class().partial, print, str, lambda: 0):
        print(loop.call_soon(callback, 4))
    loop.close()
