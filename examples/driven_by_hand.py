# A coroutine without an event loop: send() starts and resumes it, yields come out, StopIteration brings the result.
class Question:
    def __init__(self, text):
        self.text = text

    def __await__(self):
        answer = yield self.text
        return answer


class Seven:
    def __await__(self):
        received = yield 7
        print("    inside __await__:", received)
        return received + 1


async def inner():
    number = await Seven()
    name = await Question("your name?")
    return f"{name} has number {number}"


async def outer():
    print("    outer begins")
    try:
        return await inner()
    except ValueError as error:
        print("    outer caught:", error)
        return "rescued"
    finally:
        print("    outer's finally")


coroutine = outer()
print("send(None) ->", coroutine.send(None))
print("send(42) ->", coroutine.send(42))
try:
    coroutine.send("Ada")
except StopIteration as stop:
    print("StopIteration.value:", stop.value)

coroutine = outer()
coroutine.send(None)
try:
    coroutine.throw(ValueError("thrown in from outside"))
except StopIteration as stop:
    print("after throw():", stop.value)

coroutine = outer()
coroutine.send(None)
coroutine.close()
print("closed:", coroutine.cr_frame)
