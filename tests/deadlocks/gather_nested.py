# Gathers of gathers, at whose end somebody waits for a future.
import asyncio


async def leaf(future):
    await future


async def main():
    loop = asyncio.get_running_loop()
    await asyncio.gather(asyncio.gather(leaf(loop.create_future()), asyncio.sleep(0)), loop.create_future())


asyncio.run(main())
