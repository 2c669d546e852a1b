# threading.Timer.
import asyncio
import threading


async def main():
    loop, future = asyncio.get_running_loop(), asyncio.get_running_loop().create_future()
    threading.Timer(0.2, loop.call_soon_threadsafe, [future.set_result, "timer"]).start()
    print(await future)


asyncio.run(main())
