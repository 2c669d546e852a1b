# close raises GeneratorExit at the innermost await; yielding then is an error.
class Cede:
    def __await__(self):
        yield "ceded"


async def level(depth):
    try:
        await (Cede() if depth == 0 else level(depth - 1))
    except GeneratorExit as exit:
        print("level", depth, repr(exit))
        raise
    finally:
        print("level", depth, "finally")


coroutine = level(3)
coroutine.send(None)
print(coroutine.close())
print(coroutine.close())


async def stubborn():
    try:
        await Cede()
    except GeneratorExit:
        await Cede()


coroutine = stubborn()
coroutine.send(None)
try:
    coroutine.close()
except RuntimeError as error:
    print(error)


async def returns():
    try:
        await Cede()
    except GeneratorExit:
        return "value"


coroutine = returns()
coroutine.send(None)
print(coroutine.close())
