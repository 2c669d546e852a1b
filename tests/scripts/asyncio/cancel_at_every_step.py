# Cancels each of a program's tasks at its n-th step, for every n: invariants of locks, queues, groups and timeouts hold.
import asyncio
import sys


async def worker(name, lock, semaphore, condition, queue, out, event):
    async with lock:
        out.append((name, 'lock'))
        await asyncio.sleep(0)
    async with semaphore:
        await asyncio.sleep(0)
        await queue.put(name)
    async with condition:
        condition.notify_all()
        try:
            await asyncio.wait_for(condition.wait(), 0.5)
        except TimeoutError:
            out.append((name, 'timeout'))
    item = await queue.get()
    queue.task_done()
    out.append((name, item))
    event.set()
    await event.wait()
    async with asyncio.timeout(5):
        async with asyncio.TaskGroup() as group:
            a = group.create_task(asyncio.sleep(0, 1))
            b = group.create_task(asyncio.sleep(0, 2))
        out.append((name, a.result() + b.result()))
    r = await asyncio.gather(asyncio.sleep(0, 3), asyncio.sleep(0, 4))
    return name, sum(r)


async def finisher(condition, stop):
    while not stop:
        async with condition:
            condition.notify_all()
        await asyncio.sleep(0)


async def program(victim, step, kind):
    lock, semaphore, condition = asyncio.Lock(), asyncio.Semaphore(2), asyncio.Condition()
    queue, event, out, stop = asyncio.Queue(1), asyncio.Event(), [], []
    if kind == 'lifo':
        queue = asyncio.LifoQueue(2)
        semaphore = asyncio.BoundedSemaphore(1)
    tasks = [asyncio.create_task(worker(i, lock, semaphore, condition, queue, out, event), name=f'w{i}') for i in range(4)]
    helper = asyncio.create_task(finisher(condition, stop))
    drainer = None
    for i in range(step):
        await asyncio.sleep(0)
    cancelled = tasks[victim].cancel('by hand')
    left = 0
    for i in range(400):
        await asyncio.sleep(0)
        if all(t.done() for t in tasks):
            break
    else:
        left = sum(not t.done() for t in tasks)
        for t in tasks:
            t.cancel()
        for i in range(20):
            if queue.empty() and not queue._getters:
                break
            await asyncio.sleep(0)
    res = await asyncio.gather(*tasks, return_exceptions=True)
    stop.append(1)
    await helper
    return (cancelled, left, [type(r).__name__ if isinstance(r, BaseException) else r for r in res],
            lock.locked(), semaphore._value, len(semaphore._waiters or ()), condition.locked(), len(condition._waiters),
            queue.qsize(), len(queue._getters), len(queue._putters), queue._unfinished_tasks, len(out))


def main():
    steps = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    for kind in 'fifo', 'lifo':
        for victim in range(4):
            for step in range(steps):
                print(kind, victim, step, *asyncio.run(program(victim, step, kind)))


main()
