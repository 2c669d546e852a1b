# TCP between two threads: connect, accept, send and receive in all ways, shutdown, end of stream.
import socket, threading
server = socket.create_server(('127.0.0.1', 0))
port = server.getsockname()[1]
def serve():
    connection, address = server.accept()
    with connection:
        while data := connection.recv(100):
            connection.sendall(data.upper())
    print('served', address[0])
t = threading.Thread(target=serve)
t.start()
client = socket.create_connection(('localhost', port))
client.sendall(b'hello')
print(client.recv(10))
buffer = bytearray(10)
client.send(b'abc')
print(client.recv_into(buffer), buffer, client.getpeername() == ('127.0.0.1', port))
client.sendall(b'view'); view = memoryview(bytearray(8)); print(client.recv_into(view[2:], 3), bytes(view), client.recv(5))
client.sendall(b'peek'); print(client.recv(4, socket.MSG_PEEK), client.recv(4))
client.shutdown(socket.SHUT_WR)
t.join()
print(client.recv(5))
client.close(); server.close()
print(client.fileno(), client)
big = b'0123456789' * 100000
a, b = socket.socketpair()
t = threading.Thread(target=a.sendall, args=(big,)); t.start()
got = b''
while len(got) < len(big): got += b.recv(1 << 16)
t.join(); print(got == big)
a.close(); b.close()
