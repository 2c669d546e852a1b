# A script drives the middle of a chain by hand: the inner one moves, the outer one notices afterwards.
class Cede:
    def __init__(self, name):
        self.name = name

    def __await__(self):
        print("got", (yield self.name))


async def inner():
    await Cede("one")
    await Cede("two")
    await Cede("three")
    return "inner result"


async def outer(chained):
    return await chained


middle = inner()
coroutine = outer(middle)
print(coroutine.send(None))
print("by hand:", middle.send("hand"))
print("by outer:", coroutine.send("outer"))
try:
    middle.send("hand again")
except StopIteration as stop:
    print("middle finished:", stop.value)
try:
    coroutine.send("too late")
except RuntimeError as error:
    print(error)
