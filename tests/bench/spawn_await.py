# One task spawned and awaited, again and again.
import asyncio
import sys

ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 60000


async def trivial(n):
    return n


async def main():
    total = 0
    for i in range(ROUNDS):
        total += await asyncio.create_task(trivial(i))
    return total


print("sum", asyncio.run(main()))
