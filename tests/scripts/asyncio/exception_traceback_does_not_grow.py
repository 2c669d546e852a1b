# Raising a stored exception again and again does not make its traceback longer.
import asyncio
import traceback


async def raises():
    raise ValueError("stored")


async def awaits(future):
    await future


def depth(error):
    return [frame.name for frame in traceback.extract_tb(error.__traceback__)]


async def main():
    future = asyncio.get_running_loop().create_future()
    future.set_exception(ValueError("set"))
    task = asyncio.create_task(raises())
    await asyncio.wait([task])
    for waited in (future, task):
        for _ in range(3):
            try:
                await awaits(waited)
            except ValueError as error:
                print(depth(error))
        for _ in range(2):
            try:
                waited.result()
            except ValueError as error:
                print(depth(error))
        print(depth(waited.exception()))


asyncio.run(main())
