# Event: set() wakes in order; set() and clear() at once still release those who wait; tasks made before set() run first.
import asyncio


async def main():
    event, order = asyncio.Event(), []

    async def waits(name):
        print(await event.wait())
        order.append(name)

    async def fresh(name):
        order.append(name)

    tasks = [asyncio.create_task(waits(1)), asyncio.create_task(waits(2))]
    await asyncio.sleep(0)
    tasks.append(asyncio.create_task(fresh(3)))
    event.set()
    event.set()
    await asyncio.wait(tasks)
    print(order, event.is_set())
    print(await event.wait())
    event.clear()
    order.clear()
    tasks = [asyncio.create_task(waits(name)) for name in "abc"]
    await asyncio.sleep(0)
    event.set()
    event.clear()
    late = asyncio.create_task(waits("late"))
    await asyncio.wait(tasks)
    print(order, event.is_set(), late.done(), event._waiters is not None)
    tasks = [asyncio.create_task(waits("cancelled")), late]
    await asyncio.sleep(0)
    tasks[0].cancel()
    event.set()
    await asyncio.wait(tasks)
    print(order, tasks[0].cancelled())


asyncio.run(main())
