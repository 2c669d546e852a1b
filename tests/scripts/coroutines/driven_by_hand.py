# A class whose __await__ yields 7, driven by hand with send(None) and send(42).
class Seven:
    def __await__(self):
        value = yield 7
        print("came back with", value)
        return value * 2


async def f():
    result = await Seven()
    print("awaited:", result)
    return result + 1


coroutine = f()
print(coroutine.send(None))
try:
    coroutine.send(42)
except StopIteration as stop:
    print("StopIteration", stop.value, stop.args)
try:
    coroutine.send(None)
except RuntimeError as error:
    print(error)
