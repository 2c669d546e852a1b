# An exception leaves asyncio.run with the traceback of the coroutines.
import asyncio


async def inner():
    await asyncio.sleep(0)
    raise LookupError("out of the depths")


async def outer():
    await inner()


async def main():
    await asyncio.create_task(outer())


asyncio.run(main())
