# The first failing child cancels its siblings and the body, once; the group waits for all of them.
import asyncio


async def sibling(name, rounds):
    try:
        await asyncio.sleep(3600)
    except asyncio.CancelledError as error:
        print(name, "cancelled", error.args, asyncio.current_task().cancelling())
        for _ in range(rounds):
            await asyncio.sleep(0)
        print(name, "ends")
        raise


async def fails(error, rounds=0):
    for _ in range(rounds):
        await asyncio.sleep(0)
    raise error


async def main():
    for in_body in (True, False):
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(sibling("quick", 0))
                group.create_task(fails(ValueError("first"), 1))
                group.create_task(fails(KeyError("second"), 1))
                if in_body:
                    try:
                        await asyncio.sleep(3600)
                    finally:
                        print("body", asyncio.current_task().cancelling())
        except* Exception as group_error:
            print(repr(group_error), asyncio.current_task().cancelling())


asyncio.run(main())
