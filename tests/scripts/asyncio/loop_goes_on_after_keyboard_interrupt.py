# A KeyboardInterrupt or SystemExit out of run_until_complete leaves no stop behind: the loop can be run again.
import asyncio


async def interrupted():
    raise KeyboardInterrupt


async def exits():
    raise SystemExit(3)


loop = asyncio.new_event_loop()
for coroutine in (interrupted(), exits()):
    task = loop.create_task(coroutine)
    try:
        loop.run_until_complete(task)
    except BaseException as error:
        print(repr(error), task.done(), repr(task.exception()))

    def second():
        print("second callback of a later run")
        loop.stop()

    loop.call_soon(print, "first callback of a later run")
    loop.call_soon(loop.call_soon, second)
    loop.run_forever()


def fails():
    raise KeyboardInterrupt("from a callback")


loop.call_soon(fails)
loop.call_soon(print, "still queued")
try:
    loop.run_forever()
except KeyboardInterrupt as error:
    print(repr(error))
loop.call_soon(loop.stop)
loop.run_forever()
loop.close()
