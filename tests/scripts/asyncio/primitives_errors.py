# What locks, conditions, semaphores and barriers say when they are used wrongly.
import asyncio


async def main():
    lock, condition = asyncio.Lock(), asyncio.Condition()
    for call in (lock.release, condition.release, condition.notify, condition.notify_all, lambda: asyncio.Semaphore(-1),
                 lambda: asyncio.BoundedSemaphore(-2), asyncio.BoundedSemaphore(2).release, lambda: asyncio.Barrier(0),
                 lambda: asyncio.Barrier(-1)):
        try:
            print("gave", call())
        except (RuntimeError, ValueError) as error:
            print(type(error).__name__, error)
    for waiting in (condition.wait, lambda: condition.wait_for(lambda: False)):
        try:
            await waiting()
        except RuntimeError as error:
            print(error)
    print(await condition.wait_for(lambda: "true without the lock"))
    async with condition:
        condition.notify(5)
        condition.notify_all()
    shared = asyncio.Condition(lock)
    async with lock:
        shared.notify()
        print(shared.locked(), lock.locked(), shared._lock is lock)
    semaphore = asyncio.Semaphore(1)
    semaphore.release()
    print(semaphore._value, semaphore.locked())


asyncio.run(main())
