# Queue: a bounded one between a producer and consumers, join and task_done.
import asyncio


async def main():
    queue = asyncio.Queue(maxsize=2)

    async def producer():
        for number in range(6):
            await queue.put(number)
            print("put", number, "size", queue.qsize())

    async def consumer(name):
        while True:
            number = await queue.get()
            print(name, "got", number)
            queue.task_done()

    consumers = [asyncio.create_task(consumer(n)) for n in "ab"]
    await producer()
    await queue.join()
    for task in consumers:
        task.cancel()
    print(await asyncio.gather(*consumers, return_exceptions=True))


asyncio.run(main())
