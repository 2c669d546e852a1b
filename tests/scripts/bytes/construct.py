# bytes() and bytearray(): sources and errors.
def attempt(function, *arguments, **keywords):
    try:
        return function(*arguments, **keywords)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


class Index:
    def __index__(self):
        return 3


class Convertible:
    def __bytes__(self):
        return b"converted"


class Wrong:
    def __bytes__(self):
        return 5


sources = [5, 0, -1, 2**70, "a", 1.5, [1, 255], [256], [-1], ["a"], [2**70], (1, 2), range(3), {1: 2}, None, True, b"ab", bytearray(b"xy"), memoryview(b"pqr")[::2], Index(), Convertible(), Wrong(), iter([65])]
for source in sources:
    print(type(source).__name__, attempt(bytes, source), attempt(bytearray, source if not hasattr(source, "__next__") else iter([66])))
for keywords in ({"source": "é", "encoding": "utf-8"}, {"encoding": "a"}, {"errors": "a"}, {"source": b"a", "encoding": "ascii"}, {"source": "a", "errors": "x"}, {"foo": 1}):
    print(attempt(bytes, **keywords), attempt(bytearray, **keywords))
print(attempt(bytes, "a", "ascii", 1), attempt(bytes, "a", 1), attempt(bytes, 1, 2, 3, 4), attempt(bytearray, 1, "ascii"), bytes(), bytearray())
for text in ("", "61", "6 1", " 61 62\n", "6g", "616", "\u0661", "ab\u0661", "DEADbeef"):
    print(ascii(text), attempt(bytes.fromhex, text), attempt(bytearray.fromhex, text))
print(attempt(bytes.fromhex, b"61"), b"abc".__getnewargs__(), b"abc".__bytes__(), b"a".__sizeof__() - b"".__sizeof__())
