# readinto() of a raw file may return anything: what is no size, or out of bounds, is an OSError.
import io


class Raw(io.RawIOBase):
    def __init__(self, value):
        self.value = value

    def readable(self):
        return True

    def readinto(self, buffer):
        buffer[:5] = b'abcde'
        return self.value


class Three:
    def __index__(self):
        return 3


for value in ('text', 10**30, -10**30, 99999, -1, True, Three(), None):
    try:
        print(io.BufferedReader(Raw(value)).read(1))
    except OSError as error:
        print(error, repr(error.__cause__))
