# match: literals, alternatives, captures, guards, sequences and stars.
def kind(value):
    match value:
        case 0 | 1:
            return "zero or one"
        case -2.5:
            return "float"
        case "text" | b"bytes":
            return "string"
        case None | True | False:
            return "singleton"
        case []:
            return "empty"
        case [x]:
            return "one", x
        case [1, *rest, 9]:
            return "from 1 to 9", rest
        case (x, y) if x == y:
            return "pair of", x
        case [x, [y, _], *_]:
            return "nested", x, y
        case int(n) if n > 100:
            return "big", n
        case str() as s:
            return "str", s
        case 1 + 2j:
            return "complex"
        case _:
            return "other"


for value in (0, 1, True, None, False, -2.5, "text", b"bytes", [], (), [5], [1, 2, 3, 9], (4, 4), [1, (2, 3), 4], 500, "hello", 1 + 2j, {1}, "ab", bytearray(b"x")):
    print(repr(value), "->", kind(value))
