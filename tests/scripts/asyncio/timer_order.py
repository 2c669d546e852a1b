# Timers fire in order of their times; equal times in heap order; cancelled ones never.
import asyncio


async def main():
    loop = asyncio.get_running_loop()
    start = loop.time()
    done = loop.create_future()
    for index, delay in enumerate((5, 1, 3, 1, 2, 5, 1, 0)):
        loop.call_at(start + delay / 1000, print, "timer", index, delay)
    handles = [loop.call_at(start + 0.004, print, "cancelled", n) for n in range(3)]
    for handle in handles:
        handle.cancel()
    loop.call_at(start + 0.02, done.set_result, None)
    while loop.time() < start + 0.01:
        pass
    await done
    print(handles[0].when() == start + 0.004)


asyncio.run(main())
