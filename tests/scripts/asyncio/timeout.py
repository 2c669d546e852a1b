# asyncio.timeout: expiry, rescheduling, nesting, and its states.
import asyncio


async def main():
    try:
        async with asyncio.timeout(0.01) as limit:
            await asyncio.sleep(100)
    except TimeoutError as error:
        print("expired", limit.expired(), repr(error), type(error.__cause__).__name__)
    async with asyncio.timeout(None) as limit:
        print(limit.when(), limit.expired())
        limit.reschedule(asyncio.get_running_loop().time() + 100)
    print(limit.expired())
    try:
        async with asyncio.timeout(100):
            async with asyncio.timeout(0.01):
                await asyncio.sleep(50)
    except TimeoutError:
        print("the inner one")
    try:
        async with asyncio.timeout_at(asyncio.get_running_loop().time() - 1) as limit:
            await asyncio.sleep(0)
    except TimeoutError:
        print("already past")
    print(repr(limit).split("[")[1])


asyncio.run(main())
