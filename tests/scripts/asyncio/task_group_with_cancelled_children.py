# A child that is cancelled, by itself or from outside, does not make its group fail.
import asyncio


async def work(name):
    try:
        await asyncio.sleep(0.05)
        print(name, "done")
    except asyncio.CancelledError as error:
        print(name, "cancelled", error.args)
        raise


async def cancels_itself():
    asyncio.current_task().cancel()
    await asyncio.sleep(0)


async def main():
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(work(name)) for name in "abc"]
        group.create_task(cancels_itself())
        await asyncio.sleep(0)
        tasks[1].cancel("only this one")
        try:
            await tasks[1]
        except asyncio.CancelledError as error:
            print("awaited in the body", error.args, asyncio.current_task().cancelling())
    print([task.cancelled() for task in tasks], asyncio.current_task().cancelling())


asyncio.run(main())
