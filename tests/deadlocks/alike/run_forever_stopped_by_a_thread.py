# run_forever() until a thread stops it.
import asyncio
import threading
import time


def stop(loop):
    time.sleep(0.2)
    loop.call_soon_threadsafe(loop.stop)


loop = asyncio.new_event_loop()
task = loop.create_task(asyncio.Event().wait())
threading.Thread(target=stop, args=(loop,)).start()
loop.run_forever()
print("stopped", task.done())
task.cancel()
loop.run_until_complete(asyncio.wait([task]))
print(task.cancelled())
loop.close()
