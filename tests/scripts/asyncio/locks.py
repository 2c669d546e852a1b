# Lock, Event, Condition and Semaphore: fairness and order.
import asyncio


async def main():
    lock, event, semaphore = asyncio.Lock(), asyncio.Event(), asyncio.Semaphore(2)

    async def locker(name):
        async with lock:
            print(name, "has the lock")
            await asyncio.sleep(0)

    async def waiter(name):
        await event.wait()
        print(name, "saw the event")

    async def limited(name):
        async with semaphore:
            print(name, "enters")
            await asyncio.sleep(0)
            print(name, "leaves")

    await asyncio.gather(*(locker(n) for n in "abc"))
    waiters = [asyncio.create_task(waiter(n)) for n in "xyz"]
    await asyncio.sleep(0)
    event.set()
    await asyncio.gather(*waiters)
    await asyncio.gather(*(limited(n) for n in "1234"))
    print(lock.locked(), event.is_set(), semaphore.locked())


asyncio.run(main())
