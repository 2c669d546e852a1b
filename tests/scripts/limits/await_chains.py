# Chains of a hundred thousand coroutines and async generators: RecursionError when they run, or simply closed.
import asyncio
import sys
import warnings

warnings.simplefilter('ignore')                    # coroutines that never ran
sys.unraisablehook = id                            # and could not be closed in their depth
DEPTH = 100_000


def attempt(name, function):
    try:
        print(name, function())
    except (RecursionError, ValueError, StopIteration) as error:
        print(name, type(error).__name__, error)


async def leaf():
    await asyncio.sleep(0)


async def link(inner):
    return await inner


def chain(first):
    for _ in range(DEPTH):
        first = link(first)
    return first


async def on_future():
    task = asyncio.create_task(chain(asyncio.get_running_loop().create_future()))
    await asyncio.sleep(0)
    task.cancel()
    await task


async def numbers():
    yield 1
    yield 2


async def through(source):
    async for number in source:
        yield number


async def generators():
    source = numbers()
    for _ in range(DEPTH):
        source = through(source)
    return [number async for number in source]


class Awaitable:
    def __init__(self, inner):
        self.inner = inner

    def __await__(self):
        if self.inner:
            return (yield from self.inner.__await__())
        yield


async def by_hand():
    inner = None
    for _ in range(DEPTH):
        inner = Awaitable(inner)
    await inner


async def started():
    return await chain(leaf())


attempt('run', lambda: asyncio.run(started()))
attempt('cancel', lambda: asyncio.run(on_future()))
attempt('async generators', lambda: asyncio.run(generators()))
attempt('__await__', lambda: asyncio.run(by_hand()))
whole = chain(leaf())
attempt('throw', lambda: whole.throw(ValueError(1)))
whole = chain(leaf())
attempt('close', lambda: whole.close())
