# A producer fills a queue that nobody empties.
import asyncio


async def main():
    queue = asyncio.Queue(2)
    for i in range(5):
        print("put", i)
        await queue.put(i)


asyncio.run(main())
