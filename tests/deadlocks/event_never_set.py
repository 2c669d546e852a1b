# An event that nobody sets, under several frames.
import asyncio


async def wait_for_start(event):
    await event.wait()


async def work(event):
    await wait_for_start(event)


async def main():
    await work(asyncio.Event())


asyncio.run(main())
