# Semaphore and Condition: a waiter that is cancelled after it was woken hands the wake-up on.
import asyncio


async def main():
    semaphore = asyncio.Semaphore(0)
    tasks = [asyncio.create_task(semaphore.acquire()) for _ in range(3)]
    await asyncio.sleep(0)
    semaphore.release()
    tasks[0].cancel()
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    print([task.done() and task.cancelled() for task in tasks], tasks[1].done(), semaphore)
    semaphore.release()
    print(await asyncio.wait_for(tasks[2], 60), semaphore)
    condition, log = asyncio.Condition(), []

    async def waits(name):
        async with condition:
            try:
                await condition.wait()
                log.append(name)
            except asyncio.CancelledError:
                log.append("cancelled " + name)
                raise

    tasks = [asyncio.create_task(waits(name)) for name in "ab"]
    await asyncio.sleep(0)
    async with condition:
        condition.notify()
    tasks[0].cancel()
    await asyncio.wait(tasks, timeout=60)
    print(log, condition)


asyncio.run(main())
