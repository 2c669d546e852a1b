# `await task` cedes control and resumes by a done callback: the order shows it.
import asyncio


async def other(name):
    print(name, "first half")
    await asyncio.sleep(0)
    print(name, "second half")


async def awaited():
    print("awaited runs")
    return "result"


async def main():
    asyncio.create_task(other("a"))
    task = asyncio.create_task(awaited())
    asyncio.create_task(other("b"))
    task.add_done_callback(lambda t: print("done callback added first", t.result()))
    print("before await task")
    value = await task
    print("after await task:", value)
    await asyncio.sleep(0)
    print("end")


asyncio.run(main())
