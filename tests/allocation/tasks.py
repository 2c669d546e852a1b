# Coroutines, tasks, gather, timeouts, cancellation, locks, queues, async generators.
import asyncio

from _sweep import sweep


async def worker(queue, results):
    while (item := await queue.get()) is not None:
        results.append(item)
        await asyncio.sleep(0)


async def numbers(count):
    for i in range(count):
        await asyncio.sleep(0)
        yield i


async def failing():
    await asyncio.sleep(0)
    raise ValueError('failed')


async def main():
    # What has no memory to wake others up may leave them waiting: they are given up after a while.
    loop = asyncio.get_running_loop()
    loop.call_later(0.5, give_up, loop, None)
    queue, results = asyncio.Queue(), []
    task = asyncio.create_task(worker(queue, results), name='worker')
    for i in range(3):
        await queue.put(i)
    await queue.put(None)
    await task
    assert results == [0, 1, 2] and repr(task)
    assert await asyncio.gather(failing(), asyncio.sleep(0, 5), return_exceptions=True)
    lock, event = asyncio.Lock(), asyncio.Event()
    async with lock:
        asyncio.get_running_loop().call_soon(event.set)
        await event.wait()
    assert [i async for i in numbers(3)] == [0, 1, 2]
    sleeper = asyncio.create_task(asyncio.sleep(10))
    await asyncio.sleep(0)
    sleeper.cancel('enough')
    try:
        await sleeper
    except asyncio.CancelledError:
        pass
    try:
        async with asyncio.timeout(0):
            await asyncio.sleep(10)
    except TimeoutError:
        pass
    future = asyncio.get_running_loop().create_future()
    future.add_done_callback(lambda done: results.append(done.result()))
    asyncio.get_running_loop().call_later(0, future.set_result, 7)
    assert await asyncio.wait_for(asyncio.shield(future), 10) == 7
    async with asyncio.TaskGroup() as group:
        group.create_task(asyncio.sleep(0))


def give_up(loop, context):
    # What has no memory to wake others up is reported here; the program ends as a careful one would.
    for task in asyncio.all_tasks(loop):
        task.cancel()


def run():
    try:
        with asyncio.Runner() as runner:
            runner.get_loop().set_exception_handler(give_up)
            runner.run(main())
    except asyncio.CancelledError:
        raise MemoryError
    except ExceptionGroup as group:   # the task group's
        if group.split(MemoryError)[1]:
            raise
        raise MemoryError


def by_hand():
    loop = asyncio.new_event_loop()
    loop.set_exception_handler(give_up)
    try:
        loop.call_soon(loop.stop)
        loop.run_forever()
        assert loop.run_until_complete(asyncio.sleep(0, 3)) == 3
    finally:
        loop.close()


sweep(by_hand, run)
