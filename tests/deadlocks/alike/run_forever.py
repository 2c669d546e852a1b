# A bare run_forever() idles, whatever its tasks do.
import asyncio


async def stuck():
    print("kill", flush=True)
    await asyncio.Event().wait()


loop = asyncio.new_event_loop()
task = loop.create_task(stuck())
loop.run_forever()
