# A task that is left pending is reported at the end.
import asyncio


async def wait_for_ever():
    try:
        await asyncio.get_running_loop().create_future()
    finally:
        print("ended")


loop = asyncio.new_event_loop()
task = loop.create_task(wait_for_ever(), name="left")
loop.run_until_complete(asyncio.sleep(0))
loop.close()
print("end")
