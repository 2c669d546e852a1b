# Parameters of every kind, and how arguments find them.
def f(a, b=2, /, c=3, *args, d, e=5, **kw):
    return a, b, c, args, d, e, kw


print(f(1, d=4), f(1, 20, 30, 40, 50, d=0, z=9), f(*range(5), **{"d": 1, "a": "kw"}))
print(f(1, *[2], 3, *[4], d=4, **{"x": 1}, **{"y": 2}))


def only_keywords(*, k, l=1):
    return k, l


def only_positional(p, q=2, /):
    return p, q


print(only_keywords(k=1), only_positional(1), (lambda *a, **k: (a, k))(1, x=2))
for action in (lambda: f(), lambda: f(1), lambda: f(1, a=1, d=2), lambda: f(1, d=1, **{"d": 2}), lambda: only_keywords(1),
               lambda: only_keywords(), lambda: only_positional(p=1), lambda: only_positional(1, 2, 3), lambda: only_positional(),
               lambda: f(*5), lambda: f(**5), lambda: f(**{1: 2}), lambda: only_keywords(k=1, m=2), lambda: (lambda x, y: 0)(1, x=2),
               lambda: (lambda a, b, c: 0)(1), lambda: print(1, 2, sepp=3), lambda: len(), lambda: len([], 1), lambda: int(x=1)):
    try:
        print(action())
    except TypeError as error:
        print(error)
