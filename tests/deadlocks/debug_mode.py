# In debug mode too.
import asyncio


async def main():
    await asyncio.gather(asyncio.Event().wait(), asyncio.Queue().get())


asyncio.run(main(), debug=True)
