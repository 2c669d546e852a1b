# A shielded task that needs the one that shields it.
import asyncio


async def inner(outer):
    await asyncio.wait([outer])


async def main():
    me = asyncio.current_task()
    await asyncio.shield(asyncio.create_task(inner(me), name="inner"))


asyncio.run(main())
