# Lock: release wakes the first waiter; until that runs the lock is free, but newcomers queue behind those who wait.
import asyncio


async def main():
    lock, order = asyncio.Lock(), []

    async def take(name):
        await lock.acquire()
        order.append(name)

    print(await lock.acquire(), lock.locked())
    tasks = [asyncio.create_task(take(name)) for name in (1, 2, 3)]
    await asyncio.sleep(0)
    print(order, lock)
    for _ in tasks:
        lock.release()
        print(lock.locked(), lock)
        await asyncio.sleep(0)
        print(order, lock.locked())
        await asyncio.sleep(0)
    lock.release()
    await lock.acquire()
    late = asyncio.create_task(take("waiter"))
    await asyncio.sleep(0)
    lock.release()
    newcomer = asyncio.create_task(take("newcomer"))
    other = asyncio.create_task(lock.acquire())
    await late
    print(order, newcomer.done(), other.done())
    lock.release()
    await newcomer
    lock.release()
    print(order, await other)


asyncio.run(main())
