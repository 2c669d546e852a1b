# The value of return in a generator is StopIteration.value; also a tuple and an exception.
def returns(value):
    yield 1
    return value


for value in (None, 5, (1, 2), ValueError("as value"), StopIteration("inner")):
    g = returns(value)
    next(g)
    try:
        next(g)
    except StopIteration as stop:
        print(repr(stop), repr(stop.value), stop.args)
    try:
        next(g)
    except StopIteration as stop:
        print(repr(stop))
