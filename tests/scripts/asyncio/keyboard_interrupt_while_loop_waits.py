# Ctrl-C outside Runner.run: KeyboardInterrupt leaves run_until_complete, and the loop can be run again.
import asyncio
import os
import signal
import threading

loop = asyncio.new_event_loop()
future = loop.create_future()
threading.Timer(0.1, os.kill, (os.getpid(), signal.SIGINT)).start()
try:
    loop.run_until_complete(future)
except KeyboardInterrupt as error:
    print("left", repr(error), future.done(), loop.is_running())
loop.call_soon(future.set_result, "later")
print(loop.run_until_complete(future))
loop.close()
