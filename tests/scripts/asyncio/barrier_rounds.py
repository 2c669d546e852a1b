# Barrier: each of a round gets an index, the last arrival releases them; newcomers wait while it drains.
import asyncio


async def main():
    barrier, log = asyncio.Barrier(3), []

    async def member(name):
        for number in range(2):
            async with barrier as index:
                log.append((number, name, index, barrier.n_waiting))

    print(barrier.parties, barrier.n_waiting, barrier.broken)
    tasks = [asyncio.create_task(member(name)) for name in "abcdef"]
    await asyncio.wait(tasks)
    print(*log, sep="\n")
    tasks = [asyncio.create_task(barrier.wait()) for _ in range(2)]
    await asyncio.sleep(0)
    print(barrier.n_waiting)
    tasks[0].cancel()
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    print(barrier.n_waiting, barrier.broken)
    tasks[0] = asyncio.create_task(barrier.wait())
    print(await barrier.wait(), await asyncio.gather(*tasks))
    print(await asyncio.Barrier(1).wait(), barrier.n_waiting)


asyncio.run(main())
