# The repr and str of queues: bound, contents, waiting getters and putters, unfinished tasks, shut down.
import asyncio


def show(queue):
    text = repr(queue)
    print(text.partition(" at 0x")[0] + text.partition(" at 0x")[2].partition(" ")[2], "|", queue)


async def main():
    queue = asyncio.Queue(1)
    show(queue)
    putting = asyncio.create_task(queue.put(1)), asyncio.create_task(queue.put(2))
    await asyncio.sleep(0)
    show(queue)
    print(await queue.get(), await queue.get())
    getting = asyncio.create_task(queue.get())
    await asyncio.sleep(0)
    show(queue)
    queue.shutdown()
    show(queue)
    print(await asyncio.gather(getting, *putting, return_exceptions=True))
    show(asyncio.LifoQueue())
    priorities = asyncio.PriorityQueue(maxsize=-1)
    priorities.put_nowait((1, "x"))
    show(priorities)
    print(asyncio.Queue[int], priorities.maxsize)


asyncio.run(main())
