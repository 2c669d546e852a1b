# await inside calls, comprehensions, conditions, f-strings, subscripts and assignments.
class Value:
    def __init__(self, value):
        self.value = value

    def __await__(self):
        yield self.value
        return self.value


async def f():
    a = {await Value("key"): await Value(1)}
    a["x" + await Value("y")] = [await Value(n) for n in range(3)]
    b = max(await Value(3), await Value(9), key=await Value(lambda x: -x))
    c = f"{await Value(5)!r:>{await Value(4)}}"
    d = await Value("yes") if await Value(0) else await Value("no")
    a["sum"] = b
    a["sum"] += await Value(10)
    e = [x for x in range(6) if await Value(x % 2)]
    assert await Value(1), "not here"
    return a, b, c, d, e, (await Value(1)) ** 2 < await Value(7) < await Value(8)


coroutine = f()
yielded = []
try:
    while True:
        value = coroutine.send(None)
        yielded.append(value if not callable(value) else "function")
except StopIteration as stop:
    print(yielded)
    print(stop.value)
