# An alarm that ends the process.
import asyncio
import signal


async def main():
    signal.setitimer(signal.ITIMER_REAL, 0.2)
    print("waits", flush=True)
    await asyncio.Event().wait()


asyncio.run(main())
