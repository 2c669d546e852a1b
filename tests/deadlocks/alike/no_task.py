# run_until_complete() of a future, without a task.
import asyncio

loop = asyncio.new_event_loop()
print("kill", flush=True)
loop.run_until_complete(loop.create_future())
