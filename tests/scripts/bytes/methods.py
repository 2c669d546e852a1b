# The methods that bytes and bytearray share: searching, splitting, replacing, case, padding.
def attempt(function, *arguments):
    try:
        return function(*arguments)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


for data in (b"", b"abcabc", bytearray(b" a,b  c\n"), b"\x00\xff\x00", bytearray(b"Hello wORLD")):
    for needle in (b"", b"a", bytearray(b"bc"), 98, b"\xff"):
        print(data.find(needle), data.rfind(needle), data.count(needle), data.find(needle, 1, -1), data.rfind(needle, -3), needle in data)
    print(data.split(), data.rsplit(None, 1), data.split(b","), data.rsplit(b"b", 1), data.splitlines(), data.splitlines(True), data.partition(b","), data.rpartition(b"a"))
    print(data.strip(), data.lstrip(b" a"), data.rstrip(b"c\n"), data.replace(b"a", b"XY"), data.replace(b"", b"-", 2), data.replace(b"abc", b""), data.removeprefix(b"ab"), data.removesuffix(b"bc"))
    print(data.upper(), data.lower(), data.title(), data.capitalize(), data.swapcase(), data.isalpha(), data.isalnum(), data.istitle(), data.isspace(), data.isascii(), data.isupper(), data.islower(), data.isdigit())
    print(data.center(9), data.ljust(8, b"*"), data.rjust(8, bytearray(b"-")), data.zfill(8), data.expandtabs(), data.hex(), data.hex(":"), data.hex("-", 2), data.hex(b".", -4))
    print(data.startswith(b"a"), data.endswith((b"c", b"\n")), data.translate(None, b"ab"), data.translate(bytes(range(255, -1, -1))), data.join([b"x", bytearray(b"y")]))
for name, *arguments in (("find", "a"), ("find", 300), ("find", 1.5), ("index", b"q"), ("split", b""), ("split", "a"), ("partition", b""), ("strip", "a"), ("replace", "a", b"b"), ("replace", b"a"), ("join", 1), ("join", ["a"]), ("join", [b"a", 1]), ("center", 5, "x"), ("center", 5, b"xx"), ("startswith", "a"), ("startswith", ("a",)), ("translate", b"a"), ("translate", None, "a"), ("hex", "::"), ("hex", "é"), ("hex", 1), ("zfill", "x"), ("decode", 1), ("removeprefix", "a")):
    print(name, attempt(getattr(b"abc", name), *arguments), attempt(getattr(bytearray(b"abc"), name), *arguments))
print(attempt(bytes.maketrans, b"a", b"bc"), bytes.maketrans(b"a", b"b")[95:100], attempt(bytes.maketrans, "a", b"b"))
