# run_forever runs until stop: what was ready then still runs, what is queued later waits for the next run.
import asyncio

loop = asyncio.new_event_loop()


def late():
    print("late")


def stopper():
    print("stopper")
    loop.stop()
    loop.call_soon(late)


loop.call_soon(print, "one")
loop.call_soon(stopper)
loop.call_soon(print, "two")
loop.run_forever()
print("stopped", loop.is_running(), loop.is_closed())
loop.stop()
loop.run_forever()
loop.close()
print(loop.is_closed())
try:
    loop.run_forever()
except RuntimeError as error:
    print(error)
try:
    loop.call_soon(print)
except RuntimeError as error:
    print(error)
