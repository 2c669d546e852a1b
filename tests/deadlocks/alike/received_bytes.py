# sock_recv() on one end of a pair; a thread writes to the other.
import asyncio
import socket
import threading
import time


def write(sock):
    time.sleep(0.2)
    sock.send(b"hello")


async def main():
    a, b = socket.socketpair()
    a.setblocking(False)
    threading.Thread(target=write, args=(b,)).start()
    print(await asyncio.get_running_loop().sock_recv(a, 10))


asyncio.run(main())
