# reschedule(): later, into the past, to never; and in the states in which it is refused.
import asyncio


def attempt(limit, when):
    try:
        limit.reschedule(when)
    except RuntimeError as error:
        print(error)


async def main():
    loop = asyncio.get_running_loop()
    limit = asyncio.timeout(5)
    attempt(limit, 1)
    try:
        async with asyncio.timeout(None) as limit:
            limit.reschedule(loop.time() - 1)
            print(limit.when() < loop.time())
            await asyncio.sleep(0)
            await asyncio.sleep(3600)
    except TimeoutError:
        print("expired")
    attempt(limit, 1)
    async with asyncio.timeout(0) as limit:
        limit.reschedule(None)
        print(limit)
        await asyncio.sleep(0.05)
    print(limit)
    attempt(limit, 1)
    try:
        async with asyncio.timeout(0) as limit:
            try:
                await asyncio.sleep(3600)
            finally:
                attempt(limit, None)
    except TimeoutError:
        print("expired")
    async with asyncio.timeout(0.05) as limit:
        limit.reschedule(loop.time() + 3600)
        await asyncio.sleep(0.1)
    print(limit.expired())


asyncio.run(main())
