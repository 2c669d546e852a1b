# The reprs of a timeout in each of its states.
import asyncio
import selectors


class Selector(selectors.DefaultSelector):
    def select(self, timeout=None):
        loop.now += timeout or 0
        return super().select(0)


class Loop(asyncio.SelectorEventLoop):
    now = 10.0

    def time(self):
        return self.now


async def main():
    limit = asyncio.timeout(2.34567)
    print(limit, limit.when(), limit.expired())
    async with limit:
        print(limit)
    print(limit, limit.expired())
    limit = asyncio.timeout(None)
    print(limit)
    async with limit:
        print(limit, limit.when())
    print(limit)
    try:
        async with asyncio.timeout(0.5) as limit:
            try:
                await asyncio.sleep(100)
            finally:
                print(limit, limit.when(), limit.expired())
                await asyncio.sleep(0.25)
    except TimeoutError:
        print(limit, limit.when(), limit.expired())
    print(asyncio.Timeout(7), asyncio.timeout_at(7).when(), asyncio.timeout_at(None))


loop = Loop(Selector())
loop.run_until_complete(main())
loop.close()
