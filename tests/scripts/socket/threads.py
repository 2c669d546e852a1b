# A server with a thread for each connection, clients in threads, and a loop that reads what threads write.
import asyncio, socket, threading

server = socket.create_server(("127.0.0.1", 0))
port = server.getsockname()[1]
def serve(count):
    for _ in range(count): threading.Thread(target=echo, args=(server.accept()[0],)).start()
def echo(connection):
    with connection:
        while data := connection.recv(100): connection.sendall(data)
right = []
def client(n):
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.settimeout(30)
        for i in range(20):
            message = b"%d %d" % (n, i)
            connection.sendall(message)
            got = b""
            while len(got) < len(message): got += connection.recv(100)
            right.append(got == message)
threads = [threading.Thread(target=serve, args=(12,))] + [threading.Thread(target=client, args=(n,)) for n in range(12)]
for thread in threads: thread.start()
for thread in threads: thread.join()
server.close()
print(len(right), all(right))
a, b = socket.socketpair()
a.setblocking(False)
async def main():
    loop, done, got = asyncio.get_running_loop(), asyncio.Event(), 0
    def readable():
        nonlocal got
        got += len(a.recv(1000))
        if got == 800: done.set()
    def send():
        for _ in range(50): b.send(b"x")
    loop.add_reader(a, readable)
    await asyncio.gather(*(asyncio.to_thread(send) for _ in range(16)))
    await done.wait()
    loop.remove_reader(a)
    print(got)
asyncio.run(main())
