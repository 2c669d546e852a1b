# call_soon_threadsafe: keeps the order of the calls, and wakes a loop that sleeps.
import asyncio
import threading


async def main():
    loop = asyncio.get_running_loop()
    loop.call_soon(print, 1)
    loop.call_soon_threadsafe(print, 2)
    loop.call_soon(print, 3)
    loop.call_soon_threadsafe(print, 4)
    await asyncio.sleep(0)
    woken = loop.create_future()
    thread = threading.Timer(0.05, loop.call_soon_threadsafe, (woken.set_result, "woken"))
    thread.start()
    print(await asyncio.wait_for(woken, 3600))
    thread.join()
    handle = loop.call_soon_threadsafe(print, "cancelled: not seen")
    handle.cancel()
    print(type(handle).__name__, handle)
    await asyncio.sleep(0)


asyncio.run(main())
