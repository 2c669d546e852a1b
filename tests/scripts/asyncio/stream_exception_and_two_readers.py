# set_exception wakes the reader, and each later read raises it; two readers at once are refused.
import asyncio


async def attempt(coroutine):
    try:
        return await coroutine
    except Exception as error:
        return repr(error)


async def main():
    stream = asyncio.StreamReader()
    reading = asyncio.create_task(attempt(stream.readline()))
    await asyncio.sleep(0)
    for name, args in (("read", (1,)), ("readline", ()), ("readexactly", (1,)), ("readuntil", (b"\n",))):
        print(await attempt(getattr(stream, name)(*args)))
    stream.set_exception(ConnectionResetError("gone"))
    print(await reading, stream.exception())
    for name, args in (("read", (1,)), ("readline", ()), ("readexactly", (1,)), ("readuntil", (b"\n",))):
        print(await attempt(getattr(stream, name)(*args)))
    stream = asyncio.StreamReader()
    reading = asyncio.create_task(stream.read(10))
    await asyncio.sleep(0)
    reading.cancel()
    stream.feed_data(b"data")
    print(await asyncio.gather(reading, return_exceptions=True), await stream.read(10))
    stream.feed_data(b"")
    stream.feed_eof()
    print([line async for line in stream])
    stream = asyncio.StreamReader()
    stream.feed_data(b"one\ntwo\nthree")
    stream.feed_eof()
    print([line async for line in stream])
    try:
        stream.feed_data(b"x")
    except AssertionError as error:
        print("feed_data after feed_eof", error)


asyncio.run(main())
