# Exceptions of context managers that end while a group is cancelled are part of what the group raises.
import asyncio
import contextlib


@contextlib.asynccontextmanager
async def database():
    try:
        yield
    finally:
        raise RuntimeError("closing failed")


async def uses_it():
    async with database():
        await asyncio.sleep(3600)


async def fails():
    await asyncio.sleep(0.01)
    raise ValueError("failed")


async def main():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(uses_it())
            group.create_task(fails())
    except* Exception as error:
        print(error.exceptions)
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(fails())
            async with database():
                await asyncio.sleep(3600)
    except* Exception as error:
        print(error.exceptions, [repr(e.__context__) for e in error.exceptions])
    try:
        async with database():
            async with asyncio.TaskGroup() as group:
                group.create_task(fails())
    except RuntimeError as error:
        print(repr(error), repr(error.__context__))


asyncio.run(main())
