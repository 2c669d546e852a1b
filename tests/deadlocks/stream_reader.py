# A StreamReader that gets half a line and no end.
import asyncio


async def read(reader):
    return await reader.readline()


async def main():
    reader = asyncio.StreamReader()
    reader.feed_data(b"half a li")
    await read(reader)


asyncio.run(main())
