# contextmanager: as a decorator, with generators that yield never or twice, and StopIteration through it.
import asyncio
import contextlib


@contextlib.contextmanager
def twice():
    yield 1
    yield 2


@contextlib.contextmanager
def never():
    if False:
        yield


@contextlib.contextmanager
def manager():
    print("before")
    yield
    print("after")


@manager()
def decorated(value):
    print("decorated", value)
    return value


@contextlib.asynccontextmanager
async def asynchronous():
    yield


@asynchronous()
async def decorated_coroutine():
    return "awaited"


async def main():
    try:
        async with asynchronous():
            raise StopAsyncIteration("passes")
    except StopAsyncIteration as error:
        print(repr(error))
    print(await decorated_coroutine(), await decorated_coroutine())


for broken in (twice, never):
    try:
        with broken():
            pass
    except RuntimeError as error:
        print(error)
print(decorated(4), decorated(5))
try:
    with manager():
        raise StopIteration("through")
except StopIteration as error:
    print(repr(error))
asyncio.run(main())
