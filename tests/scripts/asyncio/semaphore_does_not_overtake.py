# Semaphore: nobody overtakes those who wait; the value is taken when it is handed over; release wakes as many as it can.
import asyncio


async def main():
    semaphore, order = asyncio.Semaphore(1), []

    async def take(name):
        await semaphore.acquire()
        order.append(name)

    await semaphore.acquire()
    tasks = [asyncio.create_task(take(name)) for name in "ab"]
    await asyncio.sleep(0)
    semaphore.release()
    print(semaphore.locked(), semaphore._value, order)
    newcomer = asyncio.create_task(take("newcomer"))
    await asyncio.sleep(0)
    print(semaphore.locked(), order)
    for _ in range(3):
        semaphore.release()
    print(semaphore.locked(), semaphore._value)
    await asyncio.wait([*tasks, newcomer])
    print(order, semaphore.locked(), semaphore._value)
    order.clear()
    tasks = [asyncio.create_task(take(n)) for n in range(5)]
    await asyncio.sleep(0)
    print(order, semaphore)
    for _ in range(3):
        semaphore.release()
    tasks[3].cancel()
    await asyncio.sleep(0.01)
    print(order, [task.done() for task in tasks], semaphore._value)
    semaphore.release()
    await asyncio.sleep(0.01)
    print(order, semaphore._value)


asyncio.run(main())
