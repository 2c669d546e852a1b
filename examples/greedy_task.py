# call_later and call_at are best effort: a task that does not cede control delays them all.
import asyncio
import time


async def greedy():
    print("the greedy task works without ceding")
    end = time.monotonic() + 0.1
    while time.monotonic() < end:
        pass
    print("the greedy task is finished")


async def main():
    loop = asyncio.get_running_loop()
    start = loop.time()
    loop.call_later(0.01, lambda: print("was due after 10 ms; late:", loop.time() - start > 0.09))
    loop.call_at(start + 0.02, lambda: print("was due after 20 ms; late:", loop.time() - start > 0.09))
    await greedy()
    await asyncio.sleep(0.03)


asyncio.run(main())
