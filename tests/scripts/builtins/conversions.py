# int, float, str, bool, bin, hex, oct, ord, chr, repr, ascii, isinstance, callable, hash, id, type, vars, dir.
print(int("42"), int("-0x1f", 16), int("1_000"), int(3.9), int(" 7 "), int("z", 36), float("1e3"), float(" inf "), str(1.0), bool([]), bool("0"))
print(bin(10), hex(-255), oct(8), ord("a"), chr(98), ascii("é"), complex("1+2j"), bytes("é", "utf8"), list("ab"), tuple([1]), set("a"), frozenset())
print(isinstance(1, (str, int)), issubclass(bool, int), callable(len), callable(5), type(5) is int, type(type), hash(1) == hash(1.0) == hash(True))
print(vars(type("A", (), {"x": 1}))["x"], [n for n in dir([]) if "app" in n], len(dir()) > 3, print.__name__)
for action in (lambda: int("x"), lambda: int("1.5"), lambda: int(None), lambda: float("x"), lambda: int("9", 8), lambda: int(float("inf")), lambda: int(float("nan")), lambda: chr(0x110000), lambda: int(3, 5), lambda: isinstance(1, 1), lambda: issubclass(1, int), lambda: bool(1, 2), lambda: vars(5), lambda: complex("x"), lambda: hex(1.5)):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, error)
