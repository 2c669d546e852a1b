# wait(FIRST_COMPLETED): none of them ends.
import asyncio


async def listen(queue):
    return await queue.get()


async def main():
    queues = [asyncio.Queue(), asyncio.Queue()]
    tasks = [asyncio.create_task(listen(queue), name="listener") for queue in queues]
    await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)


asyncio.run(main())
