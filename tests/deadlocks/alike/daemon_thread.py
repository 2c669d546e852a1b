# A daemon thread lives; what it waits for is not known.
import asyncio
import queue
import threading


async def main():
    threading.Thread(target=queue.SimpleQueue().get, daemon=True).start()
    print("kill", flush=True)
    await asyncio.Event().wait()


asyncio.run(main())
