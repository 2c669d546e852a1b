# A tree of eager tasks that never wait schedules nothing; plain tasks are scheduled one by one.
import asyncio


async def tree(depth):
    if depth == 0:
        return 1
    return sum(await asyncio.gather(*[tree(depth - 1) for _ in range(3)]))


async def grouped(depth):
    if depth == 0:
        return
    async with asyncio.TaskGroup() as group:
        for _ in range(3):
            group.create_task(grouped(depth - 1))


async def main():
    loop = asyncio.get_running_loop()
    counts = []
    original = loop.call_soon

    def call_soon(*args, **kwargs):
        counts[-1] += 1
        return original(*args, **kwargs)

    loop.call_soon = call_soon
    for factory in (None, asyncio.eager_task_factory):
        loop.set_task_factory(factory)
        for work in (tree, grouped):
            counts.append(0)
            print(await work(4))
        print(counts[-2:])


asyncio.run(main())
