# stop() before run_forever() makes it run one iteration, without waiting for timers.
import asyncio

loop = asyncio.new_event_loop()
loop.stop()
loop.call_soon(print, "ready: runs")
loop.call_soon(lambda: loop.call_soon(print, "added: waits for the next run"))
timer = loop.call_later(3600, print, "never")
loop.run_forever()
print("returned")
loop.stop()
loop.stop()
loop.run_forever()
print("returned again")
try:
    loop.stop()
    loop.run_until_complete(asyncio.sleep(3600))
except RuntimeError as error:
    print(error)
for task in asyncio.all_tasks(loop):
    print(task.done())
    task.cancel()
    try:
        loop.run_until_complete(task)
    except asyncio.CancelledError:
        print("cancelled")
loop.close()
