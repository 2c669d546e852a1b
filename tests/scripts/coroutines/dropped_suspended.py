# A suspended coroutine that is dropped runs its finally blocks, from the inside out, and does not warn.
class Cede:
    def __await__(self):
        try:
            yield
        finally:
            print("the awaitable's finally")


class Noisy:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("del", self.name)


async def inner():
    local = Noisy("inner local")
    try:
        await Cede()
    finally:
        print("inner finally")


async def outer():
    local = Noisy("outer local")
    try:
        await inner()
    finally:
        print("outer finally")


coroutine = outer()
coroutine.send(None)
print("drop")
del coroutine
print("dropped")
