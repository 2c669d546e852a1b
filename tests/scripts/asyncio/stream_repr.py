# The repr of a StreamReader: bytes, eof, limit, waiter, exception, transport, paused, each where it applies.
import asyncio


class Transport(asyncio.Transport):
    def __repr__(self):
        return "<Transport>"

    def pause_reading(self):
        print("pause_reading")

    def resume_reading(self):
        print("resume_reading")


async def main():
    loop = asyncio.get_running_loop()
    stream = asyncio.StreamReader(loop=loop)
    print(stream)
    stream.feed_data(b"data")
    print(stream)
    stream.feed_eof()
    stream.set_exception(RuntimeError("broken"))
    print(stream)
    stream = asyncio.StreamReader(limit=3)
    stream.set_transport(Transport())
    reading = asyncio.create_task(stream.readexactly(8))
    await asyncio.sleep(0)
    print(stream)
    stream.feed_data(b"0123456")
    print(stream)
    await asyncio.sleep(0)
    print(stream)
    stream.feed_data(b"78901234567")
    print(await reading, stream)
    print(await stream.read(9), stream)


asyncio.run(main())
