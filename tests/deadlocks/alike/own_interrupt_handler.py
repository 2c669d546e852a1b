# A handler for Ctrl-C of the script's own.
import asyncio
import signal


async def main():
    event = asyncio.Event()
    loop = asyncio.get_running_loop()
    signal.signal(signal.SIGINT, lambda number, frame: loop.call_soon_threadsafe(event.set))
    print("signal SIGINT", flush=True)
    await event.wait()
    print("set")


asyncio.run(main())
