# Many cancelled timers are swept out; the others fire in order.
import asyncio


async def main():
    loop = asyncio.get_running_loop()
    fired = []
    start = loop.time() + 0.5
    timers = [loop.call_at(start + n * 1e-6, fired.append, n) for n in range(1000)]
    for n, timer in enumerate(timers):
        if n % 10:
            timer.cancel()
            timer.cancel()
    print(len(loop._scheduled), loop._timer_cancelled_count)
    await asyncio.sleep(0)
    print(len(loop._scheduled), loop._timer_cancelled_count)
    await asyncio.sleep(0.7)
    print(fired == list(range(0, 1000, 10)), len(loop._scheduled))
    for timer in timers:
        timer.cancel()
    print(loop._timer_cancelled_count)


asyncio.run(main())
