# A task finds the loop of a foreign future by get_loop(), or else by _loop.
import asyncio


class Foreign:
    _asyncio_future_blocking = False

    def __init__(self, loop):
        self._loop = loop

    def add_done_callback(self, callback, *, context):
        print("add_done_callback")
        self._loop.call_soon(callback, self, context=context)

    def result(self):
        return "foreign result"

    def __await__(self):
        self._asyncio_future_blocking = True
        yield self
        return self.result()


class WithMethod(Foreign):
    def get_loop(self):
        print("get_loop")
        return asyncio.get_running_loop()


async def waits(future):
    return await future


async def main():
    loop = asyncio.get_running_loop()
    print(await waits(Foreign(loop)))
    print(await waits(WithMethod(loop)))
    other = asyncio.new_event_loop()
    try:
        await waits(Foreign(other))
    except RuntimeError as error:
        print(str(error).partition("got Future ")[2].partition(" object at")[0])
    other.close()


asyncio.run(main())
