# In debug mode the repr of a task ends with where it was made, whatever its state.
import asyncio


async def work():
    await asyncio.sleep(0)


async def fails():
    raise ValueError("failed")


loop = asyncio.new_event_loop()
loop.set_debug(True)
for kind in (work, fails):
    task = asyncio.Task(kind(), loop=loop, name="T")
    print(task)
    loop.run_until_complete(asyncio.wait([task]))
    print(task, task.exception())
print(task._source_traceback[-1].name, task._source_traceback[-1].lineno)
task = asyncio.Task(work(), loop=loop, name="T")
task.cancel()
print(task)
loop.run_until_complete(asyncio.wait([task]))
print(task)
loop.close()
