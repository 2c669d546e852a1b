# A future that a task's done callback would set.
import asyncio


async def stuck():
    await asyncio.Event().wait()


async def main():
    task = asyncio.create_task(stuck(), name="stuck")
    future = asyncio.get_running_loop().create_future()
    task.add_done_callback(lambda task: future.set_result(task.result()))
    await future


asyncio.run(main())
