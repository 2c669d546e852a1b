# A primitive belongs to the loop in which somebody first had to wait for it.
import asyncio


async def wait_a_little(coroutine):
    try:
        await asyncio.wait_for(coroutine, 0.01)
    except TimeoutError:
        pass
    except RuntimeError as error:
        text = str(error)
        print(text.partition(" object at")[0] + " ..." + text.partition("]")[2] if " object at" in text else text.partition(" at 0x")[0] + text.partition(">")[2])


async def use(lock, event, queue, semaphore, condition, barrier):
    await lock.acquire()
    for coroutine in (lock.acquire(), event.wait(), queue.get(), semaphore.acquire(), barrier.wait()):
        await wait_a_little(coroutine)
    async with condition:
        await wait_a_little(condition.wait())
    lock.release()


things = (asyncio.Lock(), asyncio.Event(), asyncio.Queue(), asyncio.Semaphore(0), asyncio.Condition(), asyncio.Barrier(2))
asyncio.run(use(*things))
print("-- a second loop")
asyncio.run(use(*things))


async def without_waiting(lock, event):
    async with lock:
        event.set()
        print(await event.wait(), lock.locked())


free = asyncio.Lock(), asyncio.Event()
asyncio.run(without_waiting(*free))
asyncio.run(without_waiting(*free))
