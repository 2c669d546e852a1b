# Crunches numbers, cedes now and then, and polls a non-blocking socket for orders, as a beginner would write it.
# args: alone
#   number_cruncher.py serve          gives out orders on a port that it prints
#   number_cruncher.py crunch PORT    works them off, from another process
#   number_cruncher.py alone          both in one process, the server on a thread
import asyncio
import socket
import sys
import threading

ORDERS = [b"10", b"1000", b"30000", b"quit"]


def serve(server):
    connection, _ = server.accept()
    for order in ORDERS:
        connection.sendall(order + b"\n")
        if order != b"quit":
            answer = connection.recv(100)
            print("server: order", order.decode(), "gave", answer.decode().strip(), flush=True)
    connection.close()
    server.close()


def listen():
    server = socket.socket()
    server.bind(("127.0.0.1", 0))
    server.listen(1)
    return server, server.getsockname()[1]


async def count_primes(limit):
    count = 0
    for number in range(2, limit):
        divisor = 2
        while divisor * divisor <= number and number % divisor:
            divisor += 1
        if divisor * divisor > number:
            count += 1
        if number % 500 == 0:
            await asyncio.sleep(0)
    return count


async def crunch(connection):
    buffer = b""
    while True:
        try:
            data = connection.recv(100)
        except BlockingIOError:
            await asyncio.sleep(0)
            continue
        buffer += data
        while b"\n" in buffer:
            order, _, buffer = buffer.partition(b"\n")
            if order == b"quit":
                return
            connection.sendall(b"%d primes\n" % await count_primes(int(order)))


async def housekeeping(state):
    while not state["over"]:
        state["turns"] += 1
        await asyncio.sleep(0)


async def work(port):
    connection = socket.create_connection(("127.0.0.1", port))
    connection.setblocking(False)
    state = {"over": False, "turns": 0}
    other = asyncio.create_task(housekeeping(state))
    await crunch(connection)
    state["over"] = True
    await other
    connection.close()
    print("cruncher: finished; the housekeeping had its turns:", state["turns"] > 50)


mode = sys.argv[1] if len(sys.argv) > 1 else "alone"
if mode == "serve":
    server, port = listen()
    print(port, flush=True)
    serve(server)
elif mode == "crunch":
    asyncio.run(work(int(sys.argv[2])))
else:
    server, port = listen()
    thread = threading.Thread(target=serve, args=(server,))
    thread.start()
    asyncio.run(work(port))
    thread.join()
