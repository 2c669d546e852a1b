# The only worker has not come to its first call yet.
import asyncio
import concurrent.futures
import time


async def main():
    pool = concurrent.futures.ThreadPoolExecutor(1, initializer=time.sleep, initargs=(0.2,))
    print(await asyncio.get_running_loop().run_in_executor(pool, max, 1, 2))


asyncio.run(main())
