# types.coroutine makes a generator awaitable.
import inspect
import types


@types.coroutine
def cede(value):
    answer = yield value
    return answer


@types.coroutine
def plain():
    return cede("plain")


async def f():
    print("answer", await cede("question"))
    return await plain()


coroutine = f()
print(coroutine.send(None))
print(coroutine.send("answer"))
try:
    coroutine.send(None)
except StopIteration as stop:
    print(stop.value)
print(inspect.isawaitable(cede(1)), inspect.iscoroutine(cede(1)), inspect.iscoroutinefunction(cede))
generator = cede(2)
print(next(generator), type(generator).__name__)
