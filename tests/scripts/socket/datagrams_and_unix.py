# UDP; UNIX sockets by path and in the abstract space; IPv6.
import os, socket
u, v = socket.socket(type=socket.SOCK_DGRAM), socket.socket(type=socket.SOCK_DGRAM)
u.bind(('127.0.0.1', 0))
print(v.sendto(b'datagram', u.getsockname()))
data, sender = u.recvfrom(100); print(data, sender[0])
buffer = bytearray(20)
v.sendto(b'two', 0, u.getsockname()); count, _ = u.recvfrom_into(buffer); print(count, buffer[:count])
v.connect(u.getsockname()); print(v.send(b'connected'), u.recv(4))
u.close(); v.close()
path = '/tmp/cede-socket-%d' % os.getpid()
l = socket.socket(socket.AF_UNIX); l.bind(path); l.listen()
c = socket.socket(socket.AF_UNIX); c.connect(path)
s, address = l.accept()
print(repr(address), c.getpeername() == path, s.getsockname() == path)
s.sendall(b'u'); print(c.recv(1))
for x in (l, c, s): x.close()
os.unlink(path)
l = socket.socket(socket.AF_UNIX); l.bind(b'\0cede-abstract-%d' % os.getpid()); print(l.getsockname()[:9]); l.close()
for wrong in ('x' * 200, 5):
    with socket.socket(socket.AF_UNIX) as x:
        try: x.connect(wrong)
        except (OSError, TypeError) as error: print(error)
