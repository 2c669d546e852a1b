# Coroutines that wait in locks and queues, driven by hand: thrown into, closed, dropped, and sent to too early.
import asyncio
import gc


async def with_lock(lock):
    async with lock:
        return 'locked'


async def call(method, *args):
    return await method(*args)


async def throw(name, make):
    primitive, coro = make()
    future = coro.send(None)
    print(name, type(future).__name__, future._asyncio_future_blocking)
    try:
        coro.throw(KeyError('thrown'))
    except BaseException as error:
        tb, lines = error.__traceback__, []
        while tb:
            lines.append(tb.tb_frame.f_code.co_name)
            tb = tb.tb_next
        print('  ', repr(error), lines, repr(primitive).split('[')[-1])
    primitive, coro = make()
    coro.send(None)
    coro.close()
    print('  closed', repr(primitive).split('[')[-1])
    primitive, coro = make()
    coro.send(None)
    del coro
    gc.collect()
    print('  dropped', repr(primitive).split('[')[-1])
    primitive, coro = make()
    coro.send(None)
    try:
        coro.send(None)
    except RuntimeError as error:
        print('  ', error)


async def main():
    def held_lock():
        lock = asyncio.Lock()
        lock._locked = True
        return lock, lock.acquire()

    def held_with():
        lock = asyncio.Lock()
        lock._locked = True
        return lock, with_lock(lock)

    def held_call():
        lock = asyncio.Lock()
        lock._locked = True
        return lock, call(lock.acquire)

    def spent_semaphore():
        semaphore = asyncio.Semaphore(0)
        return semaphore, call(semaphore.acquire)

    def unset_event():
        event = asyncio.Event()
        return event, call(event.wait)

    def empty_queue():
        queue = asyncio.Queue()
        return queue, call(queue.get)

    def full_queue():
        queue = asyncio.LifoQueue(1)
        queue.put_nowait(1)
        return queue, call(queue.put, 2)

    def waited_condition():
        condition = asyncio.Condition()
        condition._lock._locked = True
        return condition, call(condition.wait)

    for make in held_lock, held_with, held_call, spent_semaphore, unset_event, empty_queue, full_queue, waited_condition:
        await throw(make.__name__, make)


asyncio.run(main())
