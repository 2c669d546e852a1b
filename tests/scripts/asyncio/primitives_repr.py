# The reprs of locks, events, semaphores, conditions and barriers, with and without waiters.
import asyncio


def show(thing):
    name, _, rest = repr(thing).partition(" object at ")
    print(name, rest.partition(" ")[2])


async def main():
    lock, event, semaphore = asyncio.Lock(), asyncio.Event(), asyncio.Semaphore(3)
    condition, barrier, bounded = asyncio.Condition(), asyncio.Barrier(5), asyncio.BoundedSemaphore()
    for thing in (lock, event, semaphore, condition, barrier, bounded):
        show(thing)
    await lock.acquire()
    event.set()
    await semaphore.acquire()
    await condition.acquire()
    await bounded.acquire()
    for thing in (lock, event, semaphore, condition, bounded):
        show(thing)
    event.clear()
    condition.release()

    async def conditioned():
        async with condition:
            await condition.wait()

    tasks = [asyncio.create_task(c) for _ in range(2)
             for c in (lock.acquire(), event.wait(), bounded.acquire(), conditioned(), barrier.wait())]
    await asyncio.sleep(0.01)
    for thing in (lock, event, condition, barrier, bounded):
        show(thing)
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks)
    await barrier.abort()
    for thing in (lock, barrier):
        show(thing)


asyncio.run(main())
