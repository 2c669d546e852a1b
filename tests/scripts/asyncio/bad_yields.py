# What a task says of a coroutine that yields something it cannot wait for.
import asyncio
import types


@types.coroutine
def give(value):
    try:
        yield value
    except RuntimeError as error:
        print(mask(error))
        return "went on"


def mask(error):
    text = str(error)
    for part in text.split():
        if part.startswith("0x"):
            text = text.replace(part, "ADDRESS>")
    return text.partition(" cb=")[0]


def generator():
    yield


async def bad(value):
    return await give(value)


async def main():
    for value in (42, "text", [1], object, True, 0.5, generator()):
        print(await asyncio.create_task(bad(value), name="T"))
    future = asyncio.get_running_loop().create_future()
    print(await asyncio.create_task(bad(future), name="T"))
    print(await bad(7), await give(None))


asyncio.run(main())
