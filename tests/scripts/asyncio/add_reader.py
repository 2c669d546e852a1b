# add_reader and remove_reader on a socket pair; writers too.
import asyncio
import socket


async def main():
    loop = asyncio.get_running_loop()
    left, right = socket.socketpair()
    left.setblocking(False)
    right.setblocking(False)
    done = loop.create_future()
    received = []

    def readable():
        data = right.recv(100)
        received.append(data)
        print("received", data)
        if data == b"end":
            print("removed", loop.remove_reader(right), loop.remove_reader(right))
            done.set_result(b"".join(received))

    def writable():
        print("writable; removed", loop.remove_writer(left))
        left.send(b"first")
        loop.call_later(0.01, left.send, b"end")

    loop.add_reader(right, readable)
    loop.add_writer(left, writable)
    print(await done)
    left.close()
    right.close()


asyncio.run(main())
