# __await__ may return any iterator; send, throw and close go to its methods only when it has them.
class Plain:
    def __init__(self):
        self.count = 0

    def __await__(self):
        return self

    def __iter__(self):
        return self

    def __next__(self):
        self.count += 1
        if self.count > 2:
            raise StopIteration("result")
        return self.count


class Full(Plain):
    def send(self, value):
        print("send", value)
        return self.__next__()

    def throw(self, error):
        print("throw", repr(error))
        return "thrown"

    def close(self):
        print("close")


async def f(awaitable):
    return await awaitable


for kind in (Plain, Full):
    coroutine = f(kind())
    print(coroutine.send(None))
    try:
        print(coroutine.send("value"))
    except AttributeError as error:
        print(error)
        coroutine = f(kind())
        coroutine.send(None)
    try:
        print(coroutine.throw(ValueError("v")))
    except ValueError as error:
        print("ValueError", error)
    coroutine.close()
coroutine = f(Plain())
coroutine.send(None), coroutine.send(None)
try:
    coroutine.send(None)
except StopIteration as stop:
    print(stop.value)
