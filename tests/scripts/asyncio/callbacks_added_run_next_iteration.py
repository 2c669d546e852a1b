# What a callback schedules runs in the next iteration, after everything that was ready before.
import asyncio


def chain(loop, name, left):
    print(name, left)
    if left:
        loop.call_soon(chain, loop, name, left - 1)


def first(loop):
    print("first")
    loop.call_soon(print, "added by first")
    loop.stop()


loop = asyncio.new_event_loop()
loop.call_soon(first, loop)
loop.call_soon(print, "second")
loop.call_soon(print, "third")
loop.run_forever()
print("-- stopped; one more iteration")
loop.call_soon(loop.stop)
loop.run_forever()
loop.call_soon(chain, loop, "a", 3)
loop.call_soon(chain, loop, "b", 2)
loop.call_soon(chain, loop, "c", 1)
loop.run_until_complete(asyncio.sleep(0.05))
loop.close()
