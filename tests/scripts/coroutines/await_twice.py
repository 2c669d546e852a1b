# Awaiting a coroutine twice, or one that another coroutine awaits, is an error.
class Cede:
    def __await__(self):
        yield "ceded"


async def inner():
    await Cede()
    return 1


async def outer(shared):
    return await shared


shared = inner()
first, second = outer(shared), outer(shared)
print(first.send(None))
try:
    second.send(None)
except RuntimeError as error:
    print("second:", error)
try:
    first.send(None)
except StopIteration as stop:
    print("first:", stop.value)
third = outer(shared)
try:
    third.send(None)
except RuntimeError as error:
    print("third:", error)
