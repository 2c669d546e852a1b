# Task.get_stack and print_stack of a suspended and of a failed task.
import asyncio
import sys


async def inner():
    await asyncio.get_running_loop().create_future()


async def outer():
    await inner()


async def fails():
    raise ValueError("failed")


async def main():
    task = asyncio.create_task(outer())
    await asyncio.sleep(0)
    print([frame.f_code.co_name for frame in task.get_stack()])
    task.print_stack(file=sys.stdout)
    task.cancel()
    failed = asyncio.create_task(fails())
    await asyncio.sleep(0)
    print([frame.f_code.co_name for frame in failed.get_stack()])
    failed.print_stack(file=sys.stdout)


asyncio.run(main())
