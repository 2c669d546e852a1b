# An endless event loop sits idle until Ctrl-C. With an argument it stops after so many seconds.
# args: 0.05
import asyncio
import sys

event_loop = asyncio.new_event_loop()
if len(sys.argv) > 1:
    event_loop.call_later(float(sys.argv[1]), event_loop.stop)
print("the loop runs; Ctrl-C ends it", flush=True)
event_loop.run_forever()
print("the loop was stopped")
event_loop.close()
