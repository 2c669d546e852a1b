# Very many tasks on one lock, semaphore, condition, queue, barrier or event, some of which give up.
import asyncio, sys
from _tokens import Order, Token, left

count = int(sys.argv[1])


async def crowd(make, *, cancel=True):
    """Starts tasks, cancels every fifth while it waits, and gives how many were cancelled."""
    tasks = [asyncio.ensure_future(make(n)) for n in range(count)]
    await asyncio.sleep(0)
    for task in tasks[1::5] if cancel else (): task.cancel()
    await asyncio.wait(tasks)
    return sum(task.cancelled() for task in tasks), [str(t.exception()) for t in tasks if not t.cancelled() and t.exception()][:3]


async def finished(): pass


async def lock():
    order, inside, lock = Order(), [0], asyncio.Lock()
    async def use(n):
        token = Token()
        async with lock:
            assert inside[0] == 0
            inside[0] += 1
            try: await (asyncio.sleep(0) if n % 2 else finished())
            finally: inside[0] -= 1
        order.add(n)
    print("lock", await crowd(use), order, lock.locked())


async def semaphore():
    order, inside, most, semaphore = Order(), [0], [0], asyncio.BoundedSemaphore(7)
    async def use(n):
        token = Token()
        async with semaphore:
            inside[0] += 1
            most[0] = max(most[0], inside[0])
            try: await asyncio.sleep(0)
            finally: inside[0] -= 1
        order.add(n)
    print("semaphore", await crowd(use), order, most, semaphore.locked())
    try: semaphore.release()
    except ValueError as error: print(error)


async def condition():
    order, ready, condition = Order(), [0], asyncio.Condition()
    async def consumer(n):
        token = Token()
        async with condition:
            await condition.wait_for(lambda: ready[0] > 0)
            ready[0] -= 1
        order.add(n)
    async def producer():
        for _ in range(count):
            async with condition:
                ready[0] += 1
                condition.notify()
            await asyncio.sleep(0)
    producing = asyncio.ensure_future(producer())
    print("condition", await crowd(consumer), order, condition.locked())
    await producing
    print("unused", ready[0])


async def queue():
    order, box = Order(), asyncio.Queue(10)
    async def getter(n):
        token = Token()
        order.add(await box.get())
        box.task_done()
    async def putter():
        for n in range(count): await box.put(n)
    putting = asyncio.ensure_future(putter())
    cancelled, errors = await crowd(getter)
    for _ in range(cancelled): await getter(0)
    await putting
    await box.join()
    print("queue", cancelled, errors, order, box.qsize())


async def shut_down_queue():
    box, ends = asyncio.Queue(1), {"got": 0, "shut down": 0, "put": 0}
    async def user(n):
        token = Token()
        try:
            if n % 3:
                await box.get()
                ends["got"] += 1
            else:
                await box.put(n)
                ends["put"] += 1
        except asyncio.QueueShutDown: ends["shut down"] += 1
    asyncio.get_running_loop().call_soon(lambda: asyncio.get_running_loop().call_soon(box.shutdown))
    print("shut down", await crowd(user), ends)


async def barrier():
    order, barrier = Order(), asyncio.Barrier(5)
    async def use(n):
        token = Token()
        order.add(await barrier.wait())
    tasks = [asyncio.ensure_future(use(n)) for n in range(count)]
    await asyncio.wait(tasks)
    print("barrier", order, barrier.n_waiting, barrier.broken)


async def event():
    order, event = Order(), asyncio.Event()
    async def use(n):
        token = Token()
        await event.wait()
        order.add(n)
    asyncio.get_running_loop().call_later(0.01, event.set)
    print("event", await crowd(use), order)


for main in lock, semaphore, condition, queue, shut_down_queue, barrier, event:
    asyncio.run(main())
    print(main.__name__, left())
