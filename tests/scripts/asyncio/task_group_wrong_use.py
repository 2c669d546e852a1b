# TaskGroup: create_task before, after and while it shuts down; entering twice; outside a task. The coroutine is closed.
import asyncio
import inspect


async def work():
    pass


def attempt(group):
    coroutine = work()
    try:
        group.create_task(coroutine)
    except RuntimeError as error:
        print(error, inspect.getcoroutinestate(coroutine))


async def shutting_down(group):
    try:
        await asyncio.sleep(3600)
    finally:
        attempt(group)


async def fails():
    raise ValueError("failed")


async def enter(group):
    async with group:
        pass


def outside():
    try:
        enter(asyncio.TaskGroup()).send(None)
    except RuntimeError as error:
        print(error)


async def main():
    group = asyncio.TaskGroup()
    attempt(group)
    async with group:
        try:
            await enter(group)
        except RuntimeError as error:
            print(error)
    attempt(group)
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(shutting_down(group))
            group.create_task(fails())
    except* ValueError as error:
        print(error.exceptions)
    asyncio.get_running_loop().call_soon(outside)
    await asyncio.sleep(0)


asyncio.run(main())
