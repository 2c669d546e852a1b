# readuntil with several separators: the earliest end wins, then the longer separator; data may come in pieces.
import asyncio


async def pieces(separator, *data):
    stream = asyncio.StreamReader()
    reading = asyncio.create_task(stream.readuntil(separator))
    for part in data:
        await asyncio.sleep(0)
        stream.feed_data(part)
    await asyncio.sleep(0)
    stream.feed_eof()
    try:
        print(await reading, bytes(stream._buffer))
    except asyncio.IncompleteReadError as error:
        print(error, error.partial)


async def main():
    await pieces((b"\r", b"\n", b"\r\n"), b"line\r\nnext")
    await pieces((b"\r\n", b"\n"), b"line\r\nnext")
    await pieces((b"abc", b"bc", b"c"), b"xxabcxx")
    await pieces((b"a", b"aaa"), b"aaa")
    await pieces((b"A", b"long A"), b"long ", b"A tail")
    await pieces((b"\n\n\n\n", b"x"), b"\n", b"\n", b"\n", b"\nx")
    await pieces(b"xyz", b"x", b"y", b"z", b"rest")
    await pieces(b"xyz", b"xyxyxyx", b"yz")
    await pieces((b"xyz", b"q"), b"xy")
    await pieces((b"one",), b"on", b"e")


asyncio.run(main())
