# Each thread ends right after it has woken the loop.
import asyncio
import threading


async def main():
    loop = asyncio.get_running_loop()
    for i in range(300):
        future = loop.create_future()
        threading.Thread(target=loop.call_soon_threadsafe, args=(future.set_result, i)).start()
        assert await future == i
    print("all of them")


asyncio.run(main())
