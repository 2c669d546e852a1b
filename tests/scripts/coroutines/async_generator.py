# An async generator driven by hand: asend, athrow, aclose, and its attributes.
def drive(awaitable):
    try:
        while True:
            print("   yielded", awaitable.send(None))
    except StopIteration as stop:
        return stop.value


class Cede:
    def __await__(self):
        yield "ceded"


async def numbers():
    try:
        got = yield 1
        print("got", got)
        await Cede()
        got = yield 2
    except ValueError as error:
        print("caught", error)
        yield "after the error"
    finally:
        print("finally", generator.ag_running)


generator = numbers()
print(type(generator), generator.__name__, generator.ag_running, generator.ag_await)
print(drive(generator.__anext__()))
print(drive(generator.asend("sent")))
print(drive(generator.athrow(ValueError("thrown"))))
print(drive(generator.aclose()))
try:
    drive(anext(generator))
except StopAsyncIteration as error:
    print(repr(error))
print(drive(anext(generator, "default")), generator.ag_frame)
