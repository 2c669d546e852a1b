# Nested groups: a failure in the inner one leaves no cancellation behind; one of the outer's children cancels the inner.
import asyncio


async def fails(rounds=1):
    for _ in range(rounds):
        await asyncio.sleep(0)
    raise ValueError("failed")


async def waits():
    await asyncio.sleep(3600)


async def main():
    async with asyncio.TaskGroup() as outer:
        try:
            async with asyncio.TaskGroup() as inner:
                inner.create_task(fails())
                await asyncio.sleep(3600)
        except* ValueError as error:
            print("inner", error.exceptions, asyncio.current_task().cancelling())
    try:
        async with asyncio.TaskGroup() as outer:
            outer.create_task(fails())
            try:
                async with asyncio.TaskGroup() as inner:
                    inner.create_task(waits())
                    await asyncio.sleep(3600)
            finally:
                print("inner left", asyncio.current_task().cancelling())
    except* ValueError as error:
        print("outer", error.exceptions, asyncio.current_task().cancelling())
    try:
        async with asyncio.TaskGroup() as outer:
            outer.create_task(fails(2))
            try:
                async with asyncio.TaskGroup() as inner:
                    inner.create_task(fails(2))
                    await asyncio.sleep(3600)
            except* ValueError:
                print("both failed", asyncio.current_task().cancelling())
    except* ValueError as error:
        print(repr(error), asyncio.current_task().cancelling())


asyncio.run(main())
