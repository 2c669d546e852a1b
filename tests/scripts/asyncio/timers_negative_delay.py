# Timers order by their moment, also those that lie in the past; what cannot be a delay is refused.
import asyncio

loop = asyncio.new_event_loop()
loop.call_later(-1, print, "one second ago")
loop.call_later(-2, print, "two seconds ago")
loop.call_at(0, print, "at zero")
loop.call_at(-5, print, "at minus five")
loop.call_soon(print, "soon")
loop.call_later(0.05, loop.stop)
loop.run_forever()
for call in (loop.call_later, loop.call_at):
    try:
        call(None, print)
    except TypeError as error:
        print(error)
for wrong in ("1", [1], {}):
    try:
        loop.call_later(wrong, print)
    except TypeError as error:
        print(error)
print(loop.call_later(True, print).when() - loop.time() > 0.5)
print(type(loop.call_at(7, print).when()), loop.call_at(7, print).when())
loop.time = lambda: 100
print(loop.call_later(5, print).when(), loop.call_later(0.5, print).when(), loop.call_later(-1, print).when())
loop.close()
