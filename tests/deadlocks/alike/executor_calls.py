# Calls in the executor, one after the other, and a long one.
import asyncio
import time


async def main():
    loop = asyncio.get_running_loop()
    total = 0
    for i in range(300):
        total += await loop.run_in_executor(None, abs, -i)
    print(total)
    print(await asyncio.to_thread(time.sleep, 0.2))


asyncio.run(main())
