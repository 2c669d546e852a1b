# An echo server and a client on raw sockets with add_reader: 1,000 messages there and back.
import asyncio
import socket

MESSAGES = 1000


class Server:
    def __init__(self, loop):
        self.loop, self.echoed = loop, 0
        self.socket = socket.socket()
        self.socket.setblocking(False)
        self.socket.bind(("127.0.0.1", 0))
        self.socket.listen()
        self.port = self.socket.getsockname()[1]
        loop.add_reader(self.socket, self.accept)

    def accept(self):
        connection, _ = self.socket.accept()
        connection.setblocking(False)
        self.loop.add_reader(connection, self.readable, connection)

    def readable(self, connection):
        data = connection.recv(4096)
        if data:
            self.echoed += data.count(b"\n")
            connection.send(data)
        else:
            self.loop.remove_reader(connection)
            connection.close()

    def close(self):
        self.loop.remove_reader(self.socket)
        self.socket.close()


class Client:
    def __init__(self, loop, port):
        self.loop, self.buffer, self.line = loop, b"", None
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setblocking(False)
        loop.add_reader(self.socket, self.readable)

    def readable(self):
        self.buffer += self.socket.recv(4096)
        if b"\n" in self.buffer:
            line, _, self.buffer = self.buffer.partition(b"\n")
            self.line.set_result(line)

    async def ask(self, text):
        self.line = self.loop.create_future()
        self.socket.send(text + b"\n")
        return await self.line

    def close(self):
        self.loop.remove_reader(self.socket)
        self.socket.close()


async def main():
    loop = asyncio.get_running_loop()
    server = Server(loop)
    client = Client(loop, server.port)
    good = 0
    for number in range(MESSAGES):
        message = b"message %d" % number
        good += await client.ask(message) == message
    client.close()
    server.close()
    print(good, "messages came back unchanged; the server counted", server.echoed)


asyncio.run(main())
