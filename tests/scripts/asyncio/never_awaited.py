# A forgotten coroutine warns when it dies; each with its place.
import asyncio


async def forgotten():
    print("never printed")


async def main():
    forgotten()
    print("after the first")
    kept = forgotten()
    print("kept")
    del kept
    print("dropped")


asyncio.run(main())
forgotten()
