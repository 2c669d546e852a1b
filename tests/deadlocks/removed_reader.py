# The descriptor that would have ended the wait is no longer watched.
import asyncio
import os


async def main():
    loop = asyncio.get_running_loop()
    event = asyncio.Event()
    descriptor, _ = os.pipe()
    loop.add_reader(descriptor, event.set)
    loop.remove_reader(descriptor)
    await event.wait()


asyncio.run(main())
