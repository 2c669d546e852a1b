# The second of two runs in one Runner.
import asyncio


async def main(event):
    await event.wait()
    print("done")


with asyncio.Runner() as runner:
    event = asyncio.Event()
    event.set()
    runner.run(main(event))
    event.clear()
    runner.run(main(event))
