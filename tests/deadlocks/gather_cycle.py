# A child of a gather awaits the task that gathers.
import asyncio


async def child(parent):
    await asyncio.sleep(0)
    await parent


async def idle():
    await asyncio.Event().wait()


async def gatherer():
    await asyncio.gather(child(asyncio.current_task()), idle())


async def main():
    await asyncio.create_task(gatherer(), name="gatherer")


asyncio.run(main())
