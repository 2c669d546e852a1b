# A loop whose call_soon is replaced still steps tasks through it.
import asyncio


class CountingLoop(asyncio.SelectorEventLoop):
    calls = 0

    def call_soon(self, callback, *args, context=None):
        CountingLoop.calls += 1
        return super().call_soon(callback, *args, context=context)


async def worker():
    for _ in range(3):
        await asyncio.sleep(0)


loop = CountingLoop()
before = CountingLoop.calls
task = loop.create_task(worker())
print(CountingLoop.calls - before)
loop.run_until_complete(task)
print(CountingLoop.calls - before)
loop.close()
