# yield from a foreign iterator: send and throw use its methods, close calls its close.
class Iterator:
    def __init__(self):
        self.n = 0

    def __iter__(self):
        return self

    def __next__(self):
        self.n += 1
        return self.n

    def throw(self, error):
        print("throw", repr(error))
        raise StopIteration("ended")

    def close(self):
        print("close")


def outer():
    print("value", (yield from Iterator()))
    yield "last"


g = outer()
print(next(g), g.send(None))
try:
    g.send("x")
except AttributeError as error:
    print(error)
g = outer()
next(g)
print(g.throw(ValueError("v")))
g = outer()
next(g)
g.close()
g = outer()
next(g)
try:
    g.throw(GeneratorExit())
except GeneratorExit:
    print("GeneratorExit")
