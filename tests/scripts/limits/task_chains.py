# Thousands of tasks that each wait for the next: results, exceptions and cancellation pass through all of them.
import asyncio

LENGTH = 5_000


async def wait_for(task):
    return await task


async def main(end):
    task = first = asyncio.get_running_loop().create_future()
    tasks = []
    for _ in range(LENGTH):
        task = asyncio.create_task(wait_for(task))
        tasks.append(task)
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    end(first, task)
    print(sum(each.cancelling() for each in tasks))
    return await task


def show(name, end):
    try:
        print(name, asyncio.run(main(end)))
    except (ValueError, RecursionError, asyncio.CancelledError) as error:
        print(name, type(error).__name__, error)


show('result', lambda first, last: first.set_result(5))
show('exception', lambda first, last: first.set_exception(ValueError(5)))
show('cancel', lambda first, last: print(last.cancel('message')))


def show_repr(first, last):
    try:
        repr(last)
    except RecursionError:
        print('RecursionError')
    first.set_result(None)


show('repr', show_repr)
