# LifoQueue and PriorityQueue: their orders, with blocked getters and putters, and a subclass with methods of its own.
import asyncio


class Reversed(asyncio.Queue):
    def _init(self, maxsize):
        self._queue = []

    def _put(self, item):
        self._queue.insert(0, item)

    def _get(self):
        return self._queue.pop(0)


async def main():
    for kind in (asyncio.Queue, asyncio.LifoQueue, asyncio.PriorityQueue, Reversed):
        queue = kind(3)
        putting = asyncio.create_task(fill(queue, (3, 1, 4, 1, 5, 9, 2, 6)))
        await asyncio.sleep(0)
        print(kind.__name__, queue.qsize(), queue._queue)
        print([await queue.get() for _ in range(8)], putting.done(), queue.empty())
    queue = asyncio.PriorityQueue()
    getting = asyncio.create_task(queue.get())
    await asyncio.sleep(0)
    for item in ((2, "b"), (1, "a"), (3, "c")):
        queue.put_nowait(item)
    print(await getting, queue.get_nowait())
    try:
        queue.put_nowait((3, 1))
    except TypeError as error:
        print(error)


async def fill(queue, items):
    for item in items:
        await queue.put(item)


asyncio.run(main())
