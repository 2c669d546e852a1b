# Cancelling a gather cancels its children; a cancelled child raises CancelledError in the gather.
import asyncio


async def worker(name):
    try:
        await asyncio.sleep(100)
    except asyncio.CancelledError as error:
        print(name, "cancelled", error.args)
        raise


async def main():
    group = asyncio.gather(worker("a"), worker("b"))
    await asyncio.sleep(0)
    print("cancel:", group.cancel("enough"))
    try:
        await group
    except asyncio.CancelledError as error:
        print("gather cancelled", error.args)
    child = asyncio.create_task(worker("c"))
    group = asyncio.gather(child, asyncio.sleep(0, "value"))
    await asyncio.sleep(0)
    child.cancel()
    try:
        await group
    except asyncio.CancelledError as error:
        print("through the child", error.args)


asyncio.run(main())
