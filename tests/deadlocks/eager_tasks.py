# Tasks that began at once.
import asyncio


async def take(lock):
    async with lock:
        await asyncio.Event().wait()


async def main():
    asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)
    lock = asyncio.Lock()
    tasks = [asyncio.create_task(take(lock), name=name) for name in ("one", "two")]
    await asyncio.wait(tasks)


asyncio.run(main())
