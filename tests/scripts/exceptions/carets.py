# Caret lines: binary operations, calls, subscripts, attributes and several lines.
import traceback


class A:
    def __init__(self):
        self.b = None
        self.data = [1]


a = A()
x, y, zero = 1, "y", 0


def multi_line():
    return (x +
            y)


def call():
    return len(1, 2,
               3)


for action in (lambda: x + y, lambda: a.b.c.d, lambda: a.data[1][2], lambda: x / zero * 3, lambda: int("q") + 1,
               lambda: a.data["k"], multi_line, call, lambda: x + (y @ zero) + 1, lambda: -y, lambda: a.missing(1)(2),
               lambda: [z for z in x], lambda: {**a}, lambda: print(*x), lambda: not (x < y)):
    try:
        action()
    except Exception:
        traceback.print_exc()
