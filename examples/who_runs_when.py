# `await coroutine` goes on without ceding control; `await task` cedes and comes back by a done callback.
import asyncio


async def waiting(name):
    print("   ", name, "gets its turn")


async def job():
    print("    the job runs")
    return "the job's result"


async def main():
    print("three tasks are put into the queue")
    for name in ("first", "second", "third"):
        asyncio.create_task(waiting(name))
    print("await coroutine:")
    await job()
    print("no waiting task ran in between. Now await task:")
    task = asyncio.create_task(job())
    task.add_done_callback(lambda t: print("    a done callback, added before the await"))
    print(await task)
    print("by now every waiting task ran, in the order of the queue")


asyncio.run(main())
