# wait_for(..., None) has no limit.
import asyncio


async def main():
    await asyncio.wait_for(asyncio.Event().wait(), None)


asyncio.run(main())
