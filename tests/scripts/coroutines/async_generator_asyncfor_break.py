# Async comprehensions and generator expressions; yields of the await pass through.
class Cede:
    def __init__(self, value):
        self.value = value

    def __await__(self):
        yield f"<{self.value}>"
        return self.value


async def source(n):
    for i in range(n):
        yield await Cede(i)


async def f():
    lists = [x * 2 async for x in source(3)]
    sets = {x % 2 async for x in source(4)}
    nested = [(x, y) async for x in source(2) async for y in source(2) if x != y]
    lazy = (x async for x in source(3))
    print(type(lazy).__name__)
    return lists, sets, nested, [x async for x in lazy]


coroutine = f()
out = []
try:
    while True:
        out.append(coroutine.send(None))
except StopIteration as stop:
    print(" ".join(out))
    print(stop.value)
