# Tasks are only weakly known: one that waits for a future that nobody holds is collected, and reported.
import asyncio
import gc


def handler(loop, context):
    print(sorted(context), context["message"], context["task"].get_name(), context["task"]._state)


async def waits():
    try:
        future = asyncio.get_running_loop().create_future()
        await future
    finally:
        print("finally")


async def main(debug):
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(handler)
    asyncio.create_task(waits(), name="lost")
    await asyncio.sleep(0)
    print(len(asyncio.all_tasks()))
    gc.collect()
    print(len(asyncio.all_tasks()))
    task = asyncio.create_task(waits(), name="silenced")
    task._log_destroy_pending = False
    await asyncio.sleep(0)
    del task
    gc.collect()


for debug in (False, True):
    asyncio.run(main(debug), debug=debug)
