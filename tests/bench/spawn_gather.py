# Trivial tasks spawned 1000 at a time and gathered.
import asyncio
import sys

ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 100


async def trivial(n):
    return n


async def main():
    total = 0
    for _ in range(ROUNDS):
        total += sum(await asyncio.gather(*[asyncio.create_task(trivial(i)) for i in range(1000)]))
    return total


print("sum", asyncio.run(main()))
