# Contexts of exceptions thrown into a generator inside except blocks.
def generator():
    try:
        raise KeyError("first")
    except KeyError:
        try:
            yield 1
        except ValueError as error:
            print(repr(error.__context__))
            yield 2
    yield 3


g = generator()
next(g)
print(g.throw(ValueError("second")))
try:
    raise LookupError("outside")
except LookupError:
    print(next(g))
    try:
        g.throw(TypeError("third"))
    except TypeError as error:
        print(repr(error.__context__))
