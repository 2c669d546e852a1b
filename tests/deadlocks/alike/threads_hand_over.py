# The thread that will wake the loop is started by another as it ends.
import asyncio
import threading
import time


def work(left, loop, future):
    time.sleep(0.02)
    if left:
        threading.Thread(target=work, args=(left - 1, loop, future)).start()
    else:
        loop.call_soon_threadsafe(future.set_result, "last")


async def main():
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    threading.Thread(target=work, args=(10, loop, future)).start()
    print(await future)


asyncio.run(main())
