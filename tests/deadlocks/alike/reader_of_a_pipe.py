# A watched pipe whose other end only this process has: nobody will ever write, but nobody can know.
import asyncio
import os


async def main():
    descriptor, other = os.pipe()
    event = asyncio.Event()
    asyncio.get_running_loop().add_reader(descriptor, event.set)
    print("kill", flush=True)
    await event.wait()


asyncio.run(main())
