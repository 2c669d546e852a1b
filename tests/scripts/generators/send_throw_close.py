# A generator's send, throw and close, with a value of its own at each.
def generator():
    while True:
        try:
            got = yield "ready"
            print("got", got)
        except ValueError as error:
            print("caught", error)
            yield "recovered"
        except GeneratorExit:
            print("closing")
            raise


g = generator()
print(next(g))
print(g.send(1))
print(g.throw(ValueError("v")))
print(next(g))
print(g.close())
try:
    next(g)
except StopIteration as stop:
    print("over", stop.value)
g = generator()
try:
    g.send("x")
except TypeError as error:
    print(error)
