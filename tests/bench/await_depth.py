# A chain of awaits of the given depth, resumed again and again by hand: the cost of a resumption must not grow.
import sys
import types

DEPTH = int(sys.argv[1]) if len(sys.argv) > 1 else 1
ROUNDS = int(sys.argv[2]) if len(sys.argv) > 2 else 300000

sys.setrecursionlimit(5000)


@types.coroutine
def cede():
    yield


async def bottom():
    for _ in range(ROUNDS):
        await cede()
    return 1


async def level(depth):
    if depth == 0:
        return await bottom()
    return await level(depth - 1)


coroutine = level(DEPTH)
steps = 0
send = coroutine.send
try:
    while True:
        send(None)
        steps += 1
except StopIteration as stop:
    print("steps", steps, "result", stop.value)
