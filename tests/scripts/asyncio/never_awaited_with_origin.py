# Debug mode: a coroutine that was never awaited tells where it was made.
# flags: -X dev
import asyncio


async def work():
    pass


def makes():
    work()


async def main():
    makes()


asyncio.run(main())
