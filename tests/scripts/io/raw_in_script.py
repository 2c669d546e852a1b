# Buffers and text over a raw file written in the language: which calls it gets, and with what.
import io

class Raw(io.RawIOBase):
    def __init__(self, data=b""):
        self.data, self.at, self.written = data, 0, []

    def readable(self):
        return True

    def writable(self):
        return True

    def readinto(self, buffer):
        piece = self.data[self.at:self.at + min(len(buffer), 5)]
        print("readinto", len(buffer), "->", len(piece))
        buffer[:len(piece)] = piece
        self.at += len(piece)
        return len(piece)

    def write(self, data):
        print("write", bytes(data))
        return min(len(data), 4)

reader = io.BufferedReader(Raw(b"hello\nworld\nagain"), 8)
print(reader.peek(), reader.read(3), reader.readline(), reader.read(20), reader.read(1))
writer = io.BufferedWriter(Raw(), 6)
print(writer.write(b"abc"), writer.write(b"defgh"), writer.write(b"0123456789"))
writer.flush()
text = io.TextIOWrapper(io.BufferedWriter(Raw(), 8), encoding="utf-8", line_buffering=True)
text.write("no line ")
text.write("end\nrest")
text.close()
print(Raw(b"abcdefgh").readall(), Raw().closed)
