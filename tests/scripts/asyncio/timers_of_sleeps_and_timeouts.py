# Which deadlines sleep, wait_for, timeout and wait ask the loop for, seen on a clock that jumps.
import asyncio
import selectors


class Selector(selectors.DefaultSelector):
    def select(self, timeout=None):
        if timeout:
            print("  jump", round(timeout, 6))
            loop.now += timeout
        return super().select(0)


class Loop(asyncio.SelectorEventLoop):
    now = 0

    def time(self):
        return self.now

    def call_at(self, when, callback, *args, context=None):
        print("  call_at", round(when, 6), callback.__name__)
        return super().call_at(when, callback, *args, context=context)


async def main():
    print(await asyncio.sleep(0.1, "slept"))
    print(await asyncio.wait_for(asyncio.sleep(0.2, "in time"), 5))
    try:
        await asyncio.wait_for(asyncio.sleep(10), 0.5)
    except TimeoutError:
        print("timed out")
    async with asyncio.timeout(3) as limit:
        limit.reschedule(limit.when() + 4)
        await asyncio.sleep(1)
    print(await asyncio.wait([asyncio.create_task(asyncio.sleep(2))], timeout=7) != ())
    async with asyncio.timeout_at(100):
        pass
    async with asyncio.timeout(None):
        await asyncio.sleep(0.25)
    print(round(loop.time(), 6))


loop = Loop(Selector())
loop.run_until_complete(main())
loop.close()
