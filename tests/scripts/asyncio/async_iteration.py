# async for over an object with __aiter__/__anext__ and an async generator, interleaved by two tasks.
import asyncio


class Countdown:
    def __init__(self, start):
        self.value = start

    def __aiter__(self):
        return self

    async def __anext__(self):
        await asyncio.sleep(0)
        if self.value == 0:
            raise StopAsyncIteration
        self.value -= 1
        return self.value


async def numbers(limit):
    for number in range(limit):
        await asyncio.sleep(0)
        yield number * 10


async def use(name, source):
    async for value in source:
        print(name, value)
    else:
        print(name, "is over")


async def main():
    await asyncio.gather(use("countdown", Countdown(3)), use("generator", numbers(4)))
    print([x async for x in numbers(5) if x % 20 == 0], {x: y async for x, y in pairs()})


async def pairs():
    yield 1, 2
    yield 3, 4


asyncio.run(main())
