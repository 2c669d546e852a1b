# A consumer whose producer has ended early.
import asyncio


async def produce(queue):
    for i in range(3):
        await queue.put(i)


async def consume(queue):
    while (item := await queue.get()) is not None:
        print(item)


async def main():
    queue = asyncio.Queue()
    await asyncio.gather(produce(queue), consume(queue))


asyncio.run(main())
