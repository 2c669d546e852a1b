# run_until_complete of a loop that is stopped meanwhile: an error, and the future stays pending and usable.
import asyncio

loop = asyncio.new_event_loop()
future = loop.create_future()
loop.call_soon(loop.stop)
try:
    loop.run_until_complete(future)
except RuntimeError as error:
    print(error)
print(future)
loop.call_soon(future.set_result, "now")
print(loop.run_until_complete(future))
print(loop.run_until_complete(future), "again")


async def stopper():
    loop.stop()
    await asyncio.sleep(0)
    print("goes on in the next run")
    return 5


task = loop.create_task(stopper())
try:
    loop.run_until_complete(task)
except RuntimeError as error:
    print(error)
print(loop.run_until_complete(task))
loop.close()
