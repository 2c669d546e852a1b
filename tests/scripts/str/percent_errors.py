# printf-style formatting: errors.
class Index:
    def __index__(self):
        return 66


class Int:
    def __int__(self):
        return 66


class Float:
    def __float__(self):
        return 66.5


cases = [("%d", "a"), ("%d", 1e400), ("%d", float("nan")), ("%x", 1.5), ("%o", None), ("%i", "3"), ("%u", 2j), ("%c", "ab"), ("%c", -1)]
cases += [("%c", 0x110000), ("%c", 1.5), ("%f", "a"), ("%e", None), ("%s", ()), ("%s %s", (1,)), ("%s", (1, 2)), ("a", 1), ("a", (1,)), ("a", "x")]
cases += [("%(a)s", 1), ("%(a)s", {}), ("%(a", {}), ("%(a)", {"a": 1}), ("%(a)s %s", {"a": 1}), ("%(a)*d", {"a": 1}), ("%", 1), ("%z", 1), ("%5", 1)]
cases += [("x%\u1234", 1), ("%*d", ("a", 1)), ("%*d", (2**70, 1)), ("%.*d", (2**40, 1)), ("%99999999999999999999d", 1), ("%.99999999999999999999d", 1)]
cases += [("%5%", (1,)), ("%5%", ()), ("%llld", 1), ("%(a)s", "text"), ("%(a)s", b"x")]
for value in (Index(), Int(), Float()):
    cases += [("%d", value), ("%x", value), ("%c", value), ("%f", value)]
for text, arguments in cases:
    try:
        print(ascii(text), text % arguments)
    except Exception as error:
        print(ascii(text), f"{type(error).__name__}: {error}")
