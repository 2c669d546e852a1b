# A signal will set the event.
import asyncio
import signal


async def main():
    event = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, event.set)
    print("signal SIGUSR1", flush=True)
    await event.wait()
    print("set")


asyncio.run(main())
