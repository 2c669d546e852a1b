# A bare yield in __await__ is a way to cede control for one turn.
import asyncio


class Cede:
    def __await__(self):
        yield


async def worker(name):
    for step in range(3):
        print(name, step)
        await Cede()


async def main():
    await asyncio.gather(worker("a"), worker("b"), worker("c"))


asyncio.run(main())
