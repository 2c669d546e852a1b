# Operator methods: forward, reflected, in-place, unary, comparisons and NotImplemented.
class V:
    def __init__(self, x):
        self.x = x

    def __add__(self, other):
        return V(self.x + other.x) if isinstance(other, V) else NotImplemented

    def __radd__(self, other):
        return f"radd {other}"

    def __iadd__(self, other):
        self.x += 100
        return self

    def __mul__(self, other):
        return V(self.x * other)

    __rmul__ = __mul__

    def __neg__(self):
        return V(-self.x)

    def __matmul__(self, other):
        return "matmul"

    def __lt__(self, other):
        return self.x < other.x

    def __eq__(self, other):
        return isinstance(other, V) and self.x == other.x

    def __repr__(self):
        return f"V({self.x})"

    def __divmod__(self, other):
        return "divmod", other

    def __rpow__(self, other, modulo=None):
        return "rpow", other

    def __index__(self):
        return self.x


v = V(2)
print(v + V(3), 5 + v, v * 4, 4 * v, -v, v @ 1, V(1) < V(2), V(3) > V(2), V(1) == V(1), V(1) != V(2))
print(divmod(v, 9), 3 ** v, [10, 20, 30][v], hex(v), "ab" * v)
v += 1
print(v)
for action in (lambda: v + 1, lambda: v - 1, lambda: ~v, lambda: v <= v, lambda: 1 << v, lambda: hash(v), lambda: v @ v @ 1 % v):
    try:
        print(action())
    except TypeError as error:
        print(error)
