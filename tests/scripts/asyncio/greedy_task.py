# call_later and call_at are best effort: behind a greedy task the callbacks come late, in order of their times.
import asyncio
import time


def callback(name):
    print("callback", name)


async def greedy():
    print("greedy begins")
    end = time.monotonic() + 0.05
    while time.monotonic() < end:
        pass
    print("greedy ends")


async def main():
    loop = asyncio.get_running_loop()
    now = loop.time()
    loop.call_later(0.02, callback, "in 20 ms")
    loop.call_at(now + 0.01, callback, "at 10 ms")
    loop.call_later(0.0, callback, "in 0 ms")
    loop.call_soon(callback, "soon")
    await greedy()
    print("main cedes")
    await asyncio.sleep(0.03)
    print("main ends")


asyncio.run(main())
