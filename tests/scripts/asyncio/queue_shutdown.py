# shutdown(): putters fail at once, getters first drain what is there; immediate drops it and releases join().
import asyncio


async def attempt(coroutine):
    try:
        return await coroutine
    except asyncio.QueueShutDown as error:
        return repr(error)


def nowait(call, *args):
    try:
        return call(*args)
    except Exception as error:
        return repr(error)


async def main():
    for immediate in (False, True):
        queue = asyncio.Queue(2)
        for number in range(2):
            queue.put_nowait(number)
        blocked = [asyncio.create_task(attempt(queue.put(n))) for n in "ab"]
        joining = asyncio.create_task(queue.join())
        await asyncio.sleep(0)
        queue.get_nowait()
        queue.shutdown(immediate)
        print(await asyncio.gather(*blocked), queue.qsize(), queue._unfinished_tasks, joining.done())
        print(await attempt(queue.put(3)), nowait(queue.put_nowait, 3))
        print(await attempt(queue.get()), await attempt(queue.get()), nowait(queue.get_nowait))
        queue.shutdown()
        while queue._unfinished_tasks:
            queue.task_done()
        await joining
        print(nowait(queue.task_done), nowait(queue.shutdown, True))
        queue = asyncio.Queue()
        blocked = [asyncio.create_task(attempt(queue.get())) for n in "ab"]
        await asyncio.sleep(0)
        queue.shutdown(immediate=immediate)
        print(await asyncio.gather(*blocked), await asyncio.wait_for(queue.join(), 60))


asyncio.run(main())
