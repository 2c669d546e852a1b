# close returns the value that the generator returns on GeneratorExit; ignoring the exit is an error.
def returns():
    try:
        yield
    except GeneratorExit:
        return "closed value"


def ignores():
    try:
        yield 1
    except GeneratorExit:
        yield 2


def raises():
    try:
        yield
    finally:
        raise KeyError("in finally")


g = returns()
print(g.close())
g = returns()
next(g)
print(g.close(), g.close())
g = ignores()
next(g)
try:
    g.close()
except RuntimeError as error:
    print(error)
g = raises()
next(g)
try:
    g.close()
except KeyError as error:
    print(repr(error), repr(error.__context__))
