# Tasks that suspend below a chain of awaits of the given depth: the cost of a resumption must not grow with it.
import asyncio
import sys

DEPTH = int(sys.argv[1]) if len(sys.argv) > 1 else 1
ROUNDS = int(sys.argv[2]) if len(sys.argv) > 2 else 100000
TASKS = 10

sys.setrecursionlimit(5000)


async def bottom():
    for _ in range(ROUNDS):
        await asyncio.sleep(0)
    return 1


async def level(depth):
    if depth == 0:
        return await bottom()
    return await level(depth - 1)


async def main():
    results = await asyncio.gather(*[level(DEPTH) for _ in range(TASKS)])
    print("steps", ROUNDS * TASKS, "result", sum(results))


asyncio.run(main())
