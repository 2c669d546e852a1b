# The context of what is thrown into a coroutine that is handling another exception.
class Cede:
    def __await__(self):
        yield


async def f():
    try:
        raise KeyError("handled")
    except KeyError:
        await Cede()


coroutine = f()
coroutine.send(None)
try:
    coroutine.throw(ValueError("thrown"))
except ValueError as error:
    print(repr(error), repr(error.__context__), error.__cause__)


async def g():
    try:
        await Cede()
    except ValueError as error:
        raise TypeError("replaced") from error


coroutine = g()
coroutine.send(None)
try:
    coroutine.throw(ValueError("original"))
except TypeError as error:
    print(repr(error), repr(error.__cause__), repr(error.__context__))
