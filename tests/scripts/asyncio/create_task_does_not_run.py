# Creating a task queues it and runs nothing until control is ceded.
import asyncio


async def worker(number):
    print("worker", number, "starts")
    return number * 2


async def main():
    first = asyncio.create_task(worker(1))
    second = asyncio.Task(coro=worker(5), loop=asyncio.get_running_loop())
    third = asyncio.Task(coro=worker(12))
    fourth = asyncio.ensure_future(worker(20))
    print("all made:", [t.done() for t in (first, second, third, fourth)])
    await asyncio.sleep(0)
    print("after one cede:", [t.done() for t in (first, second, third, fourth)])
    print([t.result() for t in (first, second, third, fourth)])


asyncio.run(main())
