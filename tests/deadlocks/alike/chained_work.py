# A worker puts more work into the executor before it has nothing to do.
import asyncio
import concurrent.futures
import time

pool = concurrent.futures.ThreadPoolExecutor(2)


def first(loop, future):
    time.sleep(0.1)
    pool.submit(second, loop, future)


def second(loop, future):
    time.sleep(0.1)
    loop.call_soon_threadsafe(future.set_result, "second")


async def main():
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    pool.submit(first, loop, future)
    print(await future)


asyncio.run(main())
pool.shutdown()
