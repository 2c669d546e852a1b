# gather keeps the order of its arguments whatever the order of completion.
import asyncio


async def worker(name, turns):
    for _ in range(turns):
        await asyncio.sleep(0)
    print(name, "finishes")
    return name


async def main():
    print(await asyncio.gather(worker("a", 4), worker("b", 1), worker("c", 2)))
    print(await asyncio.gather())
    same = asyncio.create_task(worker("d", 1))
    print(await asyncio.gather(same, same, worker("e", 0)))


asyncio.run(main())
