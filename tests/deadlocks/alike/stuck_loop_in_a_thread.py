# A loop in a thread that waits for ever, while the main thread goes on and wakes it in the end.
import asyncio
import threading
import time


async def main():
    global loop, event
    loop, event = asyncio.get_running_loop(), asyncio.Event()
    ready.set()
    await event.wait()
    print("woken")


ready = threading.Event()
thread = threading.Thread(target=asyncio.run, args=(main(),))
thread.start()
ready.wait()
time.sleep(0.2)
loop.call_soon_threadsafe(event.set)
thread.join()
