# Deep chains of awaits end in RecursionError, not in a crash, and unwind completely.
import sys


async def chain(depth):
    if depth:
        await chain(depth - 1)
    return depth


try:
    chain(5000).send(None)
except RecursionError as error:
    print(error)
sys.setrecursionlimit(3000)
try:
    chain(2000).send(None)
except StopIteration as stop:
    print("fits now", stop.value)
