# A thread that waits in a queue as a worker does, but is the script's own.
import asyncio
import queue
import threading


def _next_item(work_queue):
    return work_queue.get(block=True)


def _worker():
    _next_item(work_queue)()


async def main():
    loop, future = asyncio.get_running_loop(), asyncio.get_running_loop().create_future()
    threading.Thread(target=_worker).start()
    threading.Timer(0.2, work_queue.put, [lambda: loop.call_soon_threadsafe(future.set_result, "worked")]).start()
    print(await future)


work_queue = queue.SimpleQueue()
asyncio.run(main())
