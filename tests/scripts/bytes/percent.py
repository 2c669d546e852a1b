# printf-style formatting of bytes and bytearray.
class Convertible:
    def __bytes__(self):
        return b"converted"


cases = [(b"%s", b"a"), (b"%b", bytearray(b"x")), (b"%b", memoryview(b"x")), (b"%s", Convertible()), (b"%s", "a"), (b"%s", 1), (b"%s", None), (b"%a", "\xe9"), (b"%r", "\xe9")]
cases += [(b"%c", 65), (b"%c", b"a"), (b"%c", bytearray(b"a")), (b"%c", b"ab"), (b"%c", 256), (b"%c", -1), (b"%c", "a"), (b"%c", 1.5)]
cases += [(b"%d", "a"), (b"%u", "a"), (b"%i", "a"), (b"%x", 1.5), (b"%f", "a"), (b"%10.2f|", 3.14159), (b"%05d %+d %#x", (5, 6, 255)), (b"%-8x|", 255)]
cases += [(b"%(a)d", {b"a": 1}), (b"%(a)d", {"a": 1}), (b"%(a)s", 1), (b"%(a", {}), (b"%z", 1), (b"%", 1), (b"%d", ()), (b"a", 1), (b"a", {}), (b"%\xff", 1), (b"%5%", ())]
cases += [(b"%5s|%-5s|%.1s", (b"ab", b"cd", b"ef")), (b"%*d", (4, 1)), (b"%*d", ("a", 1)), (b"%99999999999999999999d", 1), (b"%.99999999999999999999d", 1), (b"%%", ())]
for data, arguments in cases:
    for kind in (bytes, bytearray):
        try:
            print(kind(data), kind(data) % arguments)
        except Exception as error:
            print(kind(data), f"{type(error).__name__}: {error}")
