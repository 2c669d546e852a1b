# yield from: values, sent values, thrown exceptions and results of the inner generator.
def inner():
    received = []
    try:
        while True:
            received.append((yield len(received)))
            if received[-1] == "stop":
                return received
    except KeyError as error:
        print("inner caught", repr(error))
        yield "after"
        return "ended by error"


def outer():
    result = yield from inner()
    print("result", result)
    yield "between"
    result = yield from [10, 20]
    print("list gives", result)
    return (yield from "ab")


g = outer()
print(next(g), g.send("a"), g.send("b"), g.send("stop"))
print(list(g))
g = outer()
next(g)
print(g.throw(KeyError("k")), next(g))
