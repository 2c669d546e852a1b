# inspect's questions about coroutines, generators and async generators, and their states.
import inspect


async def coroutine_function():
    pass


def generator_function():
    yield


async def async_generator_function():
    yield


def plain():
    pass


for function in (coroutine_function, generator_function, async_generator_function, plain):
    print(function.__name__, inspect.iscoroutinefunction(function), inspect.isgeneratorfunction(function),
          inspect.isasyncgenfunction(function), hex(function.__code__.co_flags & 0x2a0))
coroutine = coroutine_function()
print(inspect.iscoroutine(coroutine), inspect.isawaitable(coroutine), inspect.getcoroutinestate(coroutine))
coroutine.close()
print(inspect.getcoroutinestate(coroutine))
generator = generator_function()
print(inspect.isgenerator(generator), inspect.getgeneratorstate(generator))
next(generator)
print(inspect.getgeneratorstate(generator))
print(inspect.isasyncgen(async_generator_function()))
