# Tasks dropped half-way and collected: "Task was destroyed but it is pending!".
import asyncio
import gc


async def waits_for_nothing(name):
    try:
        await asyncio.get_running_loop().create_future()
    finally:
        print(name, "finally")


async def main():
    task = asyncio.create_task(waits_for_nothing("a"), name="dropped")
    await asyncio.sleep(0)
    print("drop")
    del task
    gc.collect()
    print("collected")


asyncio.run(main())
