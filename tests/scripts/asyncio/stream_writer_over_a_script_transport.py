# StreamWriter over a transport written in the language: writes, drain, pausing, closing.
import asyncio


class Transport(asyncio.Transport):
    closing = False

    def write(self, data):
        print("write", bytes(data))

    def writelines(self, lines):
        print("writelines", list(lines))

    def write_eof(self):
        print("write_eof")

    def can_write_eof(self):
        return True

    def is_closing(self):
        return self.closing

    def close(self):
        print("close")
        self.closing = True


async def main():
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader()
    protocol = asyncio.StreamReaderProtocol(reader)
    transport = Transport({"peername": "nobody"})
    writer = asyncio.StreamWriter(transport, protocol, reader, loop)
    protocol.connection_made(transport)
    writer.write(b"data")
    writer.writelines([b"one", b"two"])
    await writer.drain()
    print(writer.can_write_eof(), writer.get_extra_info("peername"), writer.transport is transport, writer.is_closing())
    protocol.pause_writing()
    draining = [asyncio.create_task(writer.drain()) for _ in range(2)]
    await asyncio.sleep(0)
    print([task.done() for task in draining])
    protocol.resume_writing()
    await asyncio.gather(*draining)
    protocol.data_received(b"line\nrest")
    print(await reader.readline(), protocol.eof_received(), await reader.read())
    writer.write_eof()
    protocol.pause_writing()
    draining = asyncio.create_task(writer.drain())
    await asyncio.sleep(0)
    writer.close()
    protocol.connection_lost(None)
    print(await asyncio.gather(draining, writer.wait_closed(), return_exceptions=True))
    try:
        await writer.drain()
    except ConnectionResetError as error:
        print(repr(error))
    print(writer.is_closing())


asyncio.run(main())
