# readuntil beyond the limit raises and leaves the buffer; readline makes a ValueError of it and drops the line.
import asyncio


async def attempt(coroutine):
    try:
        return await coroutine
    except (asyncio.LimitOverrunError, asyncio.IncompleteReadError, ValueError) as error:
        return repr(error), getattr(error, "consumed", None), getattr(error, "partial", None)


async def main():
    stream = asyncio.StreamReader(limit=4)
    stream.feed_data(b"0123456789")
    print(await attempt(stream.readuntil(b"\n")), stream._buffer)
    stream.feed_data(b"\nabc\nmore")
    print(await attempt(stream.readuntil(b"\n")), stream._buffer)
    print(await attempt(stream.readline()), stream._buffer)
    print(await attempt(stream.readline()), stream._buffer)
    stream.feed_data(b" and more")
    print(await attempt(stream.readline()), stream._buffer)
    for line in (b"abcd\n", b"abcde\n", b"ab\n"):
        stream.feed_data(line)
        print(await attempt(stream.readuntil()))
    stream.feed_eof()
    print(await attempt(stream.readline()), await attempt(stream.readuntil()), stream.at_eof())
    for separator in (b"", (), (b"",), "text"):
        try:
            print(await stream.readuntil(separator))
        except (ValueError, TypeError, asyncio.IncompleteReadError) as error:
            print(type(error).__name__, error)
    for limit in (0, -1):
        try:
            asyncio.StreamReader(limit=limit)
        except ValueError as error:
            print(error)


asyncio.run(main())
