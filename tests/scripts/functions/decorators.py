# Decorators: order, arguments, classes, wraps, expressions.
import functools


def trace(label):
    print("make", label)

    def decorator(function):
        print("decorate", label, function.__name__)

        @functools.wraps(function)
        def wrapper(*args, **kw):
            print("call", label)
            return function(*args, **kw)
        return wrapper
    return decorator


@trace("outer")
@trace("inner")
def f(x):
    """The doc."""
    return x + 1


print(f(1), f.__name__, f.__doc__, f.__wrapped__.__wrapped__(5))


class Count:
    def __init__(self, function):
        functools.update_wrapper(self, function)
        self.function, self.n = function, 0

    def __call__(self, *args):
        self.n += 1
        return self.function(*args)


@Count
def g():
    return "g"


g(), g()
print(g.n, g.__name__)
table = {"key": [lambda cls: (cls.__name__, "decorated")]}


@table["key"][0]
class C:
    pass


print(C)
cached = functools.lru_cache(maxsize=None)(lambda n: n if n < 2 else cached(n - 1) + cached(n - 2))
print(cached(80), cached.cache_info())
