# Awaiting a coroutine that never suspends.
import sys

ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 2000000


async def leaf(n):
    return n


async def main():
    total = 0
    for i in range(ROUNDS):
        total += await leaf(i)
    return total


try:
    main().send(None)
except StopIteration as stop:
    print("sum", stop.value)
