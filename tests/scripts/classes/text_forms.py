# __repr__, __str__, __format__, __bytes__ and what falls back to what.
class Both:
    def __repr__(self):
        return "repr"

    def __str__(self):
        return "str"

    def __format__(self, spec):
        return f"format {spec!r}"

    def __bytes__(self):
        return b"bytes"


class OnlyRepr:
    def __repr__(self):
        return "only repr"


b, o = Both(), OnlyRepr()
print(b, repr(b), [b], f"{b} {b!r} {b!s} {b:>5}", "%s %r" % (b, b), bytes(b), format(b, "x"))
print(o, str(o), f"{o}", f"{o!s:>12}", {o: o})


class Wrong:
    def __repr__(self):
        return 3

    def __format__(self, spec):
        return None

    def __bool__(self):
        return "yes"

    def __len__(self):
        return -1


for action in (lambda: repr(Wrong()), lambda: str(Wrong()), lambda: format(Wrong()), lambda: bool(Wrong()),
               lambda: len(Wrong()), lambda: f"{o:>5}", lambda: bytes(o)):
    try:
        action()
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
