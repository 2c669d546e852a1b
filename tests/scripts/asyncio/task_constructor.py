# Task(): what it refuses, and what it takes: anything with the methods of a coroutine.
import asyncio
import collections.abc


class Handmade(collections.abc.Coroutine):
    def __init__(self):
        self.left = 2

    def send(self, value):
        print("send", value)
        if not self.left:
            raise StopIteration("handmade result")
        self.left -= 1

    def throw(self, *args):
        print("throw", args)
        raise StopIteration("thrown")

    def close(self):
        print("close")

    def __await__(self):
        yield


def generator():
    yield


async def main():
    loop = asyncio.get_running_loop()
    for wrong in (123, "text", None, main, generator(), loop.create_future(), [1]):
        for make in (asyncio.Task, asyncio.create_task):
            try:
                make(wrong)
            except TypeError as error:
                print(str(error).split(" at 0x")[0])
    print(await asyncio.create_task(Handmade(), name="by hand"))
    task = asyncio.create_task(Handmade())
    await asyncio.sleep(0)
    task.cancel("stop")
    print(await task)


asyncio.run(main())
