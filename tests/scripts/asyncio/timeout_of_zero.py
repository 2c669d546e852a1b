# A timeout that is over already expires at the first await that suspends, not without one.
import asyncio


async def main():
    loop = asyncio.get_running_loop()
    for delay in (0, -1):
        async with asyncio.timeout(delay) as limit:
            pass
        print("no await", limit.expired())
        for awaits in (1, 2):
            done = 0
            try:
                async with asyncio.timeout(delay) as limit:
                    for _ in range(awaits):
                        await asyncio.sleep(0)
                        done += 1
            except TimeoutError as error:
                print(awaits, "expired", done, limit.expired(), repr(error))
            else:
                print(awaits, "not expired", done, limit.expired())
        finished = loop.create_future()
        finished.set_result(1)
        async with asyncio.timeout(delay) as limit:
            await finished
        print("await without suspension", limit.expired())
        try:
            async with asyncio.timeout_at(loop.time() + delay):
                await loop.create_future()
        except TimeoutError:
            print("suspended")


asyncio.run(main())
