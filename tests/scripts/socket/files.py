# makefile: text, binary, unbuffered; the socket stays open as long as a file does.
import socket
a, b = socket.socketpair()
reader, writer = a.makefile('rb'), b.makefile('w')
writer.write('line one\nline two\n'); writer.flush()
print(reader.readline(), reader.readline())
raw = b.makefile('rwb', buffering=0)
print(raw.mode, raw.name == b.fileno(), raw.readable(), raw.writable(), raw.seekable())
a.send(b'q'); print(raw.read(1))
both = a.makefile('rw', newline='\n'); raw.write(b'text\n'); print(both.readline()); both.write('back\n'); both.flush(); print(raw.read(10))
b.close(); writer.close(); print(raw.closed, b); raw.close()
print(reader.read(), both.read(), raw.closed)
reader.close(); both.close(); a.close()
for wrong in (lambda: a.makefile('x'), lambda: a.makefile('r', 0)):
    try: wrong()
    except ValueError as error: print(error)
