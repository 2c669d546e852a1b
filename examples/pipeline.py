# Stages joined by queues: numbers are made, squared by two workers and summed.
import asyncio


async def producer(numbers, count):
    for number in range(count):
        await numbers.put(number)
    await numbers.put(None)


async def worker(numbers, squares):
    while (number := await numbers.get()) is not None:
        await squares.put(number * number)
    await numbers.put(None)
    await squares.put(None)


async def collector(squares, workers):
    total = 0
    while workers:
        square = await squares.get()
        if square is None:
            workers -= 1
        else:
            total += square
    return total


async def main():
    numbers, squares = asyncio.Queue(maxsize=5), asyncio.Queue()
    async with asyncio.TaskGroup() as group:
        group.create_task(producer(numbers, 100))
        for _ in range(2):
            group.create_task(worker(numbers, squares))
        result = group.create_task(collector(squares, 2))
    print("sum of the squares below 100:", result.result())


asyncio.run(main())
