# A selector of the script's own may do anything.
import asyncio
import selectors


class Selector(selectors.SelectSelector):
    calls = 0

    def select(self, timeout=None):
        self.calls += 1
        if timeout is None:
            loop.call_soon(future.set_result, "from select()")
            timeout = 0
        return super().select(timeout)


loop = asyncio.SelectorEventLoop(Selector())
future = loop.create_future()


async def main():
    print(await future)


loop.run_until_complete(main())
loop.close()
