# The coroutine_wrapper of coroutine.__await__(), used as an iterator.
class Cede:
    def __await__(self):
        return (yield "ceded")


async def f():
    return await Cede()


coroutine = f()
wrapper = coroutine.__await__()
print(type(wrapper).__name__, iter(wrapper) is wrapper)
print(next(wrapper))
try:
    wrapper.send("x")
except StopIteration as stop:
    print(stop.value)
coroutine = f()
wrapper = coroutine.__await__()
next(wrapper)
try:
    wrapper.throw(KeyError("k"))
except KeyError as error:
    print(repr(error))
wrapper.close()
