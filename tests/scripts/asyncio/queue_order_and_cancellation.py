# Queue: getters and putters are served in order; a cancelled one hands its turn on; sizes below one mean no bound.
import asyncio


async def main():
    queue, log = asyncio.Queue(), []

    async def get(name):
        log.append((name, await queue.get()))

    tasks = [asyncio.create_task(get(name)) for name in "abc"]
    await asyncio.sleep(0)
    queue.put_nowait(1)
    tasks[0].cancel()
    queue.put_nowait(2)
    await asyncio.sleep(0.01)
    print(log, [task.done() for task in tasks])
    queue = asyncio.Queue(1)
    tasks = [asyncio.create_task(queue.put(n)) for n in range(4)]
    await asyncio.sleep(0)
    tasks[1].cancel()
    print(queue.full(), queue.qsize(), await queue.get())
    tasks[2].cancel()
    print(await queue.get(), queue.empty(), [task.cancelled() for task in tasks])
    for size in (0, -5):
        queue = asyncio.Queue(size)
        for number in range(100):
            queue.put_nowait(number)
        print(queue.maxsize, queue.full(), queue.qsize())
    for call in (asyncio.Queue().get_nowait, lambda: queue.put_nowait(1) or asyncio.Queue(1).put_nowait(1)):
        try:
            print(call())
        except asyncio.QueueEmpty as error:
            print(repr(error))
    full = asyncio.Queue(1)
    full.put_nowait(0)
    try:
        full.put_nowait(1)
    except asyncio.QueueFull as error:
        print(repr(error))


asyncio.run(main())
