# A just-started coroutine takes only send(None).
async def f():
    pass


coroutine = f()
try:
    coroutine.send(1)
except TypeError as error:
    print(error)
try:
    coroutine.send(None)
except StopIteration as stop:
    print(repr(stop), stop.value)
for wrong in (lambda: next(coroutine), lambda: iter(coroutine), lambda: list(coroutine)):
    try:
        wrong()
    except TypeError as error:
        print(error)
