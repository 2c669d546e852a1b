# A lock behind @asynccontextmanager is taken twice.
import asyncio
import contextlib


class Account:
    def __init__(self):
        self.lock = asyncio.Lock()

    @contextlib.asynccontextmanager
    async def locked(self):
        async with self.lock:
            yield self


async def transfer(source, target, ready, other):
    async with source.locked():
        ready.set()
        await other.wait()
        async with target.locked():
            print("never")


async def main():
    a, b, has_a, has_b = Account(), Account(), asyncio.Event(), asyncio.Event()
    await asyncio.gather(transfer(a, b, has_a, has_b), transfer(b, a, has_b, has_a))


asyncio.run(main())
