# get_stack and print_stack: a suspended task, a failed one, a finished one; the limit keeps the newest or the oldest.
import asyncio
import io


async def inner():
    await asyncio.get_running_loop().create_future()


async def outer():
    await inner()


def raises():
    raise ValueError("failed")


async def fails():
    raises()


def show(task, **options):
    output = io.StringIO()
    task.print_stack(file=output, **options)
    print([frame.f_code.co_name for frame in task.get_stack(**options)])
    print(output.getvalue().replace(__file__, "FILE"), end="")


async def main():
    task = asyncio.create_task(outer(), name="T")
    show(task)
    await asyncio.sleep(0)
    show(task)
    show(task, limit=0)
    failed = asyncio.create_task(fails(), name="F")
    await asyncio.wait([failed])
    for options in ({}, {"limit": 1}, {"limit": 2}):
        show(failed, **options)
    task.cancel()
    await asyncio.wait([task])
    show(task)


asyncio.run(main())
