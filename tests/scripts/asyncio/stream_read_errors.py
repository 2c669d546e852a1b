# IncompleteReadError and LimitOverrunError: texts, copies; odd sizes for read and readexactly; read(0) at once.
import asyncio
import copy


async def main():
    stream = asyncio.StreamReader()
    stream.feed_data(b"abc")
    print(await stream.read(0), await stream.readexactly(0))
    try:
        await stream.readexactly(-1)
    except ValueError as error:
        print(error)
    stream.feed_eof()
    for read in (lambda: stream.readexactly(9), lambda: stream.readuntil(b"\n")):
        try:
            await read()
        except asyncio.IncompleteReadError as error:
            print(error, error.partial, error.expected, repr(error))
    stream = asyncio.StreamReader()
    stream.feed_data(b"0123456789")
    print(await stream.read(3), await stream.read(100), stream.at_eof())
    stream.feed_data(b"tail")
    stream.feed_eof()
    print(stream.at_eof(), await stream.read(-1), stream.at_eof(), await stream.read(), await stream.read(5), await stream.readline())
    for error in (asyncio.IncompleteReadError(b"abc", 9), asyncio.IncompleteReadError(b"", None), asyncio.LimitOverrunError("text", 10)):
        twin = copy.copy(error)
        print(repr(twin), twin.args, vars(twin), type(error).__mro__[1].__name__)


asyncio.run(main())
