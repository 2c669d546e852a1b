# A task that waits in a lock, condition, semaphore, event or queue: its coroutines and their locals, and how it goes on.
import asyncio


def chain(coro):
    names = []
    while coro is not None and hasattr(coro, 'cr_await'):
        frame = coro.cr_frame
        names.append((coro.cr_code.co_name, sorted(frame.f_locals)))
        coro = coro.cr_await
    return names, type(coro).__name__


async def with_lock(lock):
    async with lock:
        return 'locked'


async def call(method, *args):
    return await method(*args)


async def look(name, start, release, *, show=True):
    task = asyncio.create_task(start(), name=name)
    await asyncio.sleep(0)
    if show:
        print(name, *chain(task.get_coro()))
        print(' ', len(task.get_stack()), task.get_coro().cr_running)
    release()
    print(' ', await task)


async def main():
    lock = asyncio.Lock()
    await lock.acquire()
    await look('lock', lock.acquire, lock.release)
    await look('with lock', lambda: with_lock(lock), lock.release)
    print(lock.locked())
    await lock.acquire()
    await look('nested lock', lambda: call(lock.acquire), lock.release, show=False)
    semaphore = asyncio.BoundedSemaphore(1)
    await semaphore.acquire()
    await look('semaphore', lambda: call(semaphore.acquire), semaphore.release)
    await look('with semaphore', lambda: with_lock(semaphore), semaphore.release)
    event = asyncio.Event()
    await look('event', event.wait, event.set)
    queue = asyncio.Queue(1)
    await look('get', queue.get, lambda: queue.put_nowait(5))
    queue.put_nowait(6)
    await look('put', lambda: call(queue.put, 7), queue.get_nowait)
    condition = asyncio.Condition()

    async def wait_in():
        async with condition:
            return await condition.wait()

    async def notify():
        async with condition:
            condition.notify()

    task = asyncio.create_task(wait_in())
    await asyncio.sleep(0)
    print('condition', *chain(task.get_coro()))
    await condition.acquire()
    condition.notify()
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    print('relocking', *chain(task.get_coro()), task.done())
    other = asyncio.create_task(with_lock(condition))
    await asyncio.sleep(0)
    print('entering', *chain(other.get_coro()))
    condition.release()
    print(await task, await other)


asyncio.run(main())
