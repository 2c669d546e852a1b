# Nested timeouts: the one that is over first raises; with equal deadlines the outer one.
import asyncio


async def nested(outer_delay, inner_delay):
    try:
        async with asyncio.timeout(outer_delay) as outer:
            try:
                async with asyncio.timeout(inner_delay) as inner:
                    await asyncio.sleep(3600)
            except TimeoutError:
                print("the inner one raised")
                raise
            finally:
                print("cancelling", asyncio.current_task().cancelling())
    except TimeoutError as error:
        print("out", repr(error.__cause__), outer.expired(), inner.expired())
    print(asyncio.current_task().cancelling())


async def main():
    for outer_delay, inner_delay in ((0, 0), (0.05, 3600), (3600, 0.05)):
        await nested(outer_delay, inner_delay)
    deadline = asyncio.get_running_loop().time() + 0.05
    try:
        async with asyncio.timeout_at(deadline) as outer:
            async with asyncio.timeout_at(deadline) as inner:
                await asyncio.sleep(3600)
    except TimeoutError:
        print("same deadline", outer.expired(), inner.expired())


asyncio.run(main())
