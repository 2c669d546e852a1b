# Attributes, methods, super() and arithmetic at sites that see many types, while classes change.
class A:
    kind = 'a'
    def __init__(self): self.x = 1
    def m(self): return ('A', self.x)
class B(A):
    kind = 'b'
    def __init__(self): super().__init__(); self.y = 2
    def m(self): return ('B',) + super().m()
class C(B):
    __slots__ = ('s',)
    def __init__(self): super().__init__(); self.s = 7; self.z = 3
class D(A):
    def __init__(self):
        self.w = 0
        super().__init__()
class E:
    x = 'class'
    kind = 'e'
    def m(self): return ('E', self.x)
class F(E):
    @property
    def x(self): return 'prop'
    def __getattr__(self, n): return 'ga ' + n
def probe(o):
    o.tag = len(o.kind)
    return o.x, o.kind, o.m(), o.tag
class G(E):
    def m(self): return super().m() + ('G',)
def classes():
    out = []
    for i in range(6):
        class Local(A):
            def m(self): return super().m() + (i,)
        out.append(Local())
    return out
objects = [A(), B(), C(), D(), E(), F(), G()] + classes()
for r in range(60):
    for o in objects:
        p = probe(o)
        if r in (0, 20, 30, 31, 40, 45, 59): print(r, type(o).__name__, p)
    if r == 19: A.kind = 'changed'; B.m = lambda self: 'new B.m'
    if r == 29: objects[0].kind = 'own'; objects[1].m = lambda: 'own m'
    if r == 30: del objects[0].kind
    if r == 39: A.x = property(lambda self: 'data', lambda self, v: None)
    if r == 44: del A.x; E.x = 5; G.m = E.m
def num(a, b): return a + b, a - b, a * b, a / b
for r in range(3):
    for a, b in [(1, 2), (1.5, 2), (1.5, 2.5), (2, 0.5), (1e308, 10.0), (0.0, -1.0), (1e-300, 1e-300), (True, 2.0), (-0.0, 1.0), (float('inf'), 2.0), (5e-324, 2.0), (2.0**70, 3.0)]:
        print(num(a, b))
try: num(1.0, 0.0)
except ZeroDivisionError as e: print(e)
for a, b in [(2.0, 0.5), (2.0, 1e9), (0.0, -1.0), (-8.0, 1/3), (1e-300, 5.0), (2.0, -1074.0), (1.0, float('nan')), (float('inf'), 0.5), (9.0, 0.5)]:
    try: print(a ** b)
    except Exception as e: print(type(e).__name__, e)
class Base:
    def f(self): return 'Base'
class Left(Base):
    def f(self): return 'Left ' + super().f()
class Right(Base):
    def f(self): return 'Right ' + super().f()
class Both(Left, Right):
    def f(self): return 'Both ' + super().f()
for r in range(4):
    for c in (Left, Both, Right, Base): print(c().f())
    if r == 1: Base.f = lambda self: 'NewBase'
    if r == 2: Right.f = lambda self: 'NewRight'
