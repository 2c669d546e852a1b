# An executor of the script's own, with more work than workers.
import asyncio
import concurrent.futures
import time


def work(i):
    time.sleep(0.05)
    return i


async def main():
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        calls = [asyncio.wrap_future(pool.submit(work, i)) for i in range(6)]
        print(await asyncio.gather(*calls))


asyncio.run(main())
