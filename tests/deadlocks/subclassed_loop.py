# A loop class of a script.
import asyncio


class Loop(asyncio.SelectorEventLoop):
    def call_soon(self, callback, *args, context=None):
        self.count = getattr(self, "count", 0) + 1
        return super().call_soon(callback, *args, context=context)

    def _run_once(self):
        super()._run_once()


async def main():
    lock = asyncio.Lock()
    async with lock:
        await asyncio.create_task(lock.acquire(), name="acquire")


asyncio.run(main(), loop_factory=Loop)
