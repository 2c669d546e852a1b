# A pipeline whose last stage has failed: those before it fill their queues.
import asyncio


async def source(out):
    for i in range(10):
        await out.put(i)


async def double(incoming, out):
    while True:
        await out.put(2 * await incoming.get())


async def sink(incoming):
    raise ValueError(await incoming.get())


async def main():
    a, b = asyncio.Queue(1), asyncio.Queue(1)
    results = await asyncio.gather(source(a), double(a, b), sink(b), return_exceptions=True)


asyncio.run(main())
