# What a handler may do is not known: the loop waits on.
import asyncio
import signal


async def main():
    signal.signal(signal.SIGHUP, lambda number, frame: None)
    print("kill", flush=True)
    await asyncio.Event().wait()


asyncio.run(main())
