# __slots__: no dict, errors, inheritance, defaults and a slot named __dict__.
class P:
    __slots__ = ("x", "y")

    def __init__(self, x, y):
        self.x, self.y = x, y


p = P(1, 2)
print(p.x, p.y, type(P.x), hasattr(p, "__dict__"))
for action in (lambda: setattr(p, "z", 3), lambda: delattr(p, "x") or p.x, lambda: delattr(p, "x"), lambda: p.__weakref__):
    try:
        action()
    except AttributeError as error:
        print(error)


class Q(P):
    __slots__ = "z"


class R(P):
    pass


class S(P):
    __slots__ = ["__dict__"]


q, r, s = Q(1, 2), R(1, 2), S(1, 2)
q.z = r.anything = s.anything = 7
print(q.z, r.anything, s.anything, r.__dict__, P.__slots__)
for namespace in ({"__slots__": ("a", "a b")}, {"__slots__": ("x",), "x": 1}, {"__slots__": 3}):
    try:
        type("T", (), namespace)
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)
try:
    type("U", (P, type("V", (), {"__slots__": ("w",)})), {})
except TypeError as error:
    print(error)
