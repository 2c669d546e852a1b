# What monitoring programs read of a loop: the ready and scheduled handles.
import asyncio


async def main():
    loop = asyncio.get_running_loop()
    print(len(loop._ready), len(loop._scheduled))
    handle = loop.call_soon(print, "soon")
    timer = loop.call_later(3600, print)
    print(len(loop._ready), len(loop._scheduled), handle in loop._ready, timer in loop._scheduled, timer._scheduled)
    task = asyncio.create_task(asyncio.sleep(0))
    print(len(loop._ready), loop._ready[0] is handle)
    await task
    timer.cancel()
    print(len(loop._ready), len(loop._scheduled), loop._timer_cancelled_count, loop._thread_id is not None)


asyncio.run(main())
