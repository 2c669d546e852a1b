# Blocking, non-blocking, timeouts; socketpair, detach, dup, fileno, with; readiness by select.
import socket, select
a, b = socket.socketpair()
print(a.family, a.type, repr(a.getsockname()), repr(a.getpeername()), a.gettimeout(), a.getblocking())
a.settimeout(0.02)
for call in (lambda: a.recv(1), lambda: a.recvfrom(1), lambda: a.recv_into(bytearray(1))):
    try: call()
    except TimeoutError as error: print(repr(error), error.errno)
a.setblocking(False)
try: a.recv(1)
except BlockingIOError as error: print(repr(error))
try:
    while True: a.send(b'x' * 100000)
except BlockingIOError as error: print('full', error.errno)
print(select.select([b], [a, b], [], 0) == ([b], [b], []))
b.setblocking(False)
total = 0
try:
    while True: total += len(b.recv(65536))
except BlockingIOError: print(total > 0)
c = socket.socket()
c.setblocking(False)
server = socket.create_server(('127.0.0.1', 0))
print(c.connect_ex(server.getsockname()) in (0, 115), select.select([], [c], [], 5)[1] == [c], c.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR))
server.settimeout(5); s, address = server.accept(); print(s.gettimeout(), address == c.getsockname())
for x in (c, s, server): x.close()
number = a.detach(); print(a.fileno())
with socket.socket(fileno=number) as again: print(again.family, again.type, again.proto)
copy = b.dup(); print(copy.fileno() != b.fileno(), copy.gettimeout(), copy.get_inheritable()); copy.close(); b.close()
print(b)
