# ensure_future, gather, wait_for and create_task with awaitables of a script's own.
import asyncio
import types


class Awaitable:
    def __init__(self, value):
        self.value = value

    def __await__(self):
        yield from asyncio.sleep(0).__await__()
        return self.value


class Broken:
    def __await__(self):
        return 3


@types.coroutine
def generator(value):
    yield
    return value


async def main():
    print(await asyncio.gather(Awaitable(1), generator(2), asyncio.sleep(0, 3)))
    print(await asyncio.ensure_future(Awaitable(4)), await asyncio.wait_for(Awaitable(5), 60), await asyncio.shield(Awaitable(6)))
    print([await a for a in asyncio.as_completed([Awaitable(8)])])
    for wrong in (Awaitable(9), Broken(), generator(7), 3):
        try:
            print(await asyncio.create_task(wrong))
        except TypeError as error:
            print(str(error).partition(" at 0x")[0])
    for wrong in (Broken(), 3):
        try:
            print(await asyncio.ensure_future(wrong))
        except TypeError as error:
            print(error)
    try:
        await Broken()
    except TypeError as error:
        print(error)
    try:
        asyncio.run_coroutine_threadsafe(Awaitable(1), asyncio.get_running_loop())
    except TypeError as error:
        print(error)


asyncio.run(main())
try:
    print(asyncio.run(Awaitable(10)))
except (TypeError, ValueError) as error:
    print(type(error).__name__, str(error).partition(" at 0x")[0])
