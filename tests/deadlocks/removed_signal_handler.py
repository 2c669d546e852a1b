# The handler of a signal was removed again.
import asyncio
import signal


async def main():
    loop = asyncio.get_running_loop()
    event = asyncio.Event()
    loop.add_signal_handler(signal.SIGUSR1, event.set)
    print(loop.remove_signal_handler(signal.SIGUSR1))
    await event.wait()


asyncio.run(main())
