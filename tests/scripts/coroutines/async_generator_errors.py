# Errors of async generators: asend too early, in parallel, ignored exit, StopAsyncIteration inside.
class Cede:
    def __await__(self):
        yield "ceded"


def run(awaitable):
    try:
        awaitable.send(None)
    except BaseException as error:
        print(type(error).__name__, error, repr(error.__cause__))


async def numbers():
    yield 1
    await Cede()
    yield 2


generator = numbers()
run(generator.asend(5))
run(generator.asend(None))
first = generator.asend(None)
print(first.send(None))
run(generator.asend(None))
run(generator.aclose())
run(first)


async def ignores():
    try:
        yield 1
    except GeneratorExit:
        yield 2


generator = ignores()
run(generator.asend(None))
run(generator.aclose())


async def stops():
    yield 1
    raise StopAsyncIteration("mine")


generator = stops()
run(generator.asend(None))
run(generator.asend(None))
used = generator.asend(None)
run(used)
run(used)
