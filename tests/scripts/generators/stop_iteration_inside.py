# PEP 479: StopIteration leaving a generator's body is a RuntimeError.
def f():
    yield 1
    next(iter([]))
    yield 2


try:
    list(f())
except RuntimeError as error:
    print(error, repr(error.__cause__), repr(error.__context__))


def g():
    yield
    raise StopIteration("by hand")


it = g()
next(it)
try:
    it.throw(StopIteration("thrown"))
except RuntimeError as error:
    print(error, repr(error.__cause__))
