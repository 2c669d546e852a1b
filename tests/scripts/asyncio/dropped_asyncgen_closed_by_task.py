# An asynchronous generator that is dropped unfinished is closed by a task of its loop.
import asyncio
import gc


async def numbers(name):
    try:
        yield 1
        yield 2
    finally:
        await asyncio.sleep(0)
        print(name, "closed in", "a task of its own" if asyncio.current_task() is not main_task else "the main task")


async def main():
    global main_task
    main_task = asyncio.current_task()
    async for number in numbers("left by break"):
        print(number)
        break
    gc.collect()
    await asyncio.sleep(0.05)
    generator = numbers("dropped")
    print(await anext(generator))
    del generator
    gc.collect()
    print(len(asyncio.all_tasks()))
    await asyncio.sleep(0.05)
    kept.append(numbers("kept until the end"))
    print(await anext(kept[0]))


kept = []
asyncio.run(main())
