# Debug mode switches the tracking of coroutine origins on while the loop runs, and puts it back after.
import asyncio
import sys


async def main():
    print("inside", sys.get_coroutine_origin_tracking_depth())
    asyncio.get_running_loop().set_debug(not asyncio.get_running_loop().get_debug())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    print("switched", sys.get_coroutine_origin_tracking_depth())


for depth in (0, 3):
    for debug in (False, True):
        sys.set_coroutine_origin_tracking_depth(depth)
        loop = asyncio.new_event_loop()
        loop.set_debug(debug)
        loop.run_until_complete(main())
        print("after", sys.get_coroutine_origin_tracking_depth())
        loop.close()
