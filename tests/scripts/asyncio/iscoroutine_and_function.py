# iscoroutine and iscoroutinefunction of the many things that may be asked about.
import asyncio
import functools
import inspect
import types


async def coroutine():
    pass


async def asyncgen():
    yield


def generator():
    yield


@types.coroutine
def marked():
    yield


class Class:
    async def method(self):
        pass

    @staticmethod
    async def static():
        pass

    @classmethod
    async def of_class(cls):
        pass

    async def __call__(self):
        pass


def plain():
    return coroutine()


inspect.markcoroutinefunction(plain)
for thing in (coroutine, asyncgen, generator, marked, Class().method, Class.static, Class.of_class, Class(), functools.partial(coroutine, 1),
              functools.partial(functools.partial(Class().method)), plain, lambda: None, print, 3, asyncio.sleep):
    print(getattr(thing, "__name__", type(thing).__name__), asyncio.iscoroutinefunction(thing), inspect.iscoroutinefunction(thing))
for thing in (coroutine(), asyncgen(), generator(), marked(), coroutine, Class(), asyncio.sleep(0), 3):
    print(type(thing).__name__, asyncio.iscoroutine(thing), inspect.isawaitable(thing))
    if hasattr(thing, "close"):
        thing.close()
