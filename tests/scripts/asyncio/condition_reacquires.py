# Condition.wait holds the lock again before it returns or raises, also when it is cancelled meanwhile; wait_for gives the value.
import asyncio


async def main():
    condition, log = asyncio.Condition(), []
    value = 0

    async def waits(name):
        async with condition:
            try:
                log.append((name, await condition.wait()))
            finally:
                log.append((name, "holds", condition.locked()))

    tasks = [asyncio.create_task(waits(name)) for name in "abc"]
    await asyncio.sleep(0)
    async with condition:
        condition.notify(2)
        await asyncio.sleep(0)
        tasks[0].cancel("while it wants the lock")
        await asyncio.sleep(0)
        print(log, tasks[0].done())
    await asyncio.sleep(0.01)
    print(log)
    tasks[2].cancel("while it waits")
    print(await asyncio.gather(*tasks, return_exceptions=True), condition.locked())

    async def until(limit):
        async with condition:
            return await condition.wait_for(lambda: value >= limit and f"at {value}")

    tasks = [asyncio.create_task(until(limit)) for limit in (2, 1, 3)]
    for value in range(4):
        await asyncio.sleep(0)
        async with condition:
            condition.notify_all()
    print(await asyncio.gather(*tasks))


asyncio.run(main())
