# The repr of tasks over what is no native coroutine: generators marked by types.coroutine, classes with and without names.
import asyncio
import collections.abc
import types


class Nameless(collections.abc.Coroutine):
    def send(self, value):
        raise StopIteration(1)

    def throw(self, *args):
        raise StopIteration(1)

    def close(self):
        pass

    def __await__(self):
        yield


class Named(Nameless):
    __name__ = __qualname__ = "the name"


class Running(Nameless):
    cr_running = True


@types.coroutine
def generator():
    yield


async def main():
    for coroutine in (Nameless(), Named(), Running()):
        task = asyncio.create_task(coroutine, name="T")
        print(task)
        await task
        print(task)
    wrapped = asyncio.ensure_future(Nameless())
    print(wrapped.get_coro().__class__.__name__, asyncio.iscoroutine(generator()), asyncio.iscoroutine(Nameless()))
    await wrapped


asyncio.run(main())
