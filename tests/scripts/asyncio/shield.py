# shield: the outer await is cancelled, the inner task goes on.
import asyncio


async def precious():
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    print("precious done")
    return 7


async def main():
    inner = asyncio.create_task(precious())

    async def waiter():
        await asyncio.shield(inner)

    outer = asyncio.create_task(waiter())
    await asyncio.sleep(0)
    outer.cancel()
    try:
        await outer
    except asyncio.CancelledError:
        print("outer cancelled; inner:", inner.cancelled())
    print(await inner)


asyncio.run(main())
