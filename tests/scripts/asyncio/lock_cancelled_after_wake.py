# A waiter that is cancelled after it was woken hands the wake-up on; nothing is lost and nobody is woken twice.
import asyncio


async def main():
    lock, order = asyncio.Lock(), []

    async def take(name):
        try:
            async with lock:
                order.append(name)
        except asyncio.CancelledError:
            order.append("cancelled " + name)
            raise

    await lock.acquire()
    first, second, third = (asyncio.create_task(take(name)) for name in ("first", "second", "third"))
    await asyncio.sleep(0)
    lock.release()
    first.cancel()
    print(await asyncio.gather(first, second, third, return_exceptions=True), order, lock.locked())
    order.clear()
    await lock.acquire()
    first, second = (asyncio.create_task(take(name)) for name in ("first", "second"))
    await asyncio.sleep(0)
    first.cancel()
    lock.release()
    print(await asyncio.gather(first, second, return_exceptions=True), order, lock)
    await lock.acquire()
    first = asyncio.create_task(take("first"))
    await asyncio.sleep(0)
    first.cancel()
    await asyncio.sleep(0)
    print(lock)
    lock.release()
    print(lock, await lock.acquire())


asyncio.run(main())
