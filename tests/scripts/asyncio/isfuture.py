# isfuture: what has a class with _asyncio_future_blocking, and a value of it that is not None.
import asyncio


class Duck:
    _asyncio_future_blocking = False


class NotOne:
    _asyncio_future_blocking = None


class OnInstance:
    def __init__(self):
        self._asyncio_future_blocking = False


class Liar:
    def __init__(self, kind):
        self._kind = kind
        self._asyncio_future_blocking = True

    @property
    def __class__(self):
        return self._kind


loop = asyncio.new_event_loop()
future = loop.create_future()
for thing in (future, Duck(), Duck, NotOne(), OnInstance(), Liar(asyncio.Future), Liar(int), asyncio.Future, 1):
    print(asyncio.isfuture(thing), end=" ")
print()
duck = Duck()
print(asyncio.ensure_future(future, loop=loop) is future, asyncio.wrap_future(duck) is duck, asyncio.wrap_future(future) is future)
try:
    asyncio.ensure_future(future, loop=asyncio.SelectorEventLoop())
except ValueError as error:
    print(error)
try:
    asyncio.ensure_future(3, loop=loop)
except TypeError as error:
    print(error)
loop.close()
