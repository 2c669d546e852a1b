# Defaults are evaluated once, at the definition; they may be changed.
def count():
    count.calls += 1
    return count.calls


count.calls = 0


def f(a=count(), b=[]):
    b.append(a)
    return b


print(f(), f(2), f(b=["own"]), count.calls)
print(f.__defaults__, f.__kwdefaults__)
f.__defaults__ = ("new", [])
print(f())


def g(*, x=1):
    return x


g.__kwdefaults__ = {"x": 42}
print(g())
i = 1


def late(x=i):
    return x, i


i = 2
print(late())
f.__defaults__ = None
try:
    f()
except TypeError as error:
    print(error)
