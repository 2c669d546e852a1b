# A thread will set the event.
import asyncio
import threading
import time


def work(loop, event):
    time.sleep(0.2)
    loop.call_soon_threadsafe(event.set)


async def main():
    event = asyncio.Event()
    threading.Thread(target=work, args=(asyncio.get_running_loop(), event)).start()
    await event.wait()
    print("set")


asyncio.run(main())
