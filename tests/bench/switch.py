# 100 tasks take turns in `await asyncio.sleep(0)`: the cost of one switch.
import asyncio
import sys

ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 3000


async def worker(rounds):
    for _ in range(rounds):
        await asyncio.sleep(0)
    return rounds


async def main():
    return sum(await asyncio.gather(*(worker(ROUNDS) for _ in range(100))))


print("switches", asyncio.run(main()))
