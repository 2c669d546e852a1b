# A task that awaits itself, or a future of another loop, gets an error at the next step.
import asyncio


async def itself():
    try:
        await asyncio.current_task()
    except RuntimeError as error:
        return str(error).partition(" cb=")[0]


async def foreign(future):
    try:
        await future
    except RuntimeError as error:
        return str(error)


async def main():
    loop = asyncio.get_running_loop()
    other = asyncio.new_event_loop()
    task = asyncio.create_task(itself(), name="T")
    loop.call_soon(lambda: loop.call_soon(print, "one iteration later", task.done()))
    print(await task)
    future = other.create_future()
    print(await asyncio.create_task(foreign(future), name="T"))
    print(await asyncio.create_task(foreign(asyncio.Task(itself(), loop=other, name="foreign")), name="T"))
    other.run_until_complete = None
    for task in asyncio.all_tasks(other):
        task._log_destroy_pending = False
        task.get_coro().close()
    other.close()


asyncio.run(main())
