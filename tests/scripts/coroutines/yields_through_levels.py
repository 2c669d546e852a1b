# Yields and sent values pass through several levels of awaits.
class Ask:
    def __init__(self, question):
        self.question = question

    def __await__(self):
        return (yield self.question)


async def level3():
    first = await Ask("first?")
    second = await Ask("second?")
    return first, second


async def level2():
    result = await level3()
    return result + (await Ask("third?"),)


async def level1():
    return [await level2(), await Ask("fourth?")]


coroutine = level1()
answer = None
try:
    while True:
        question = coroutine.send(answer)
        print(question)
        answer = question.upper()
except StopIteration as stop:
    print(stop.value)
