# Threads that call into a loop after sleeping: run_coroutine_threadsafe with limits, results in the order of time.
import asyncio, concurrent.futures, sys, threading, time
unit = float(sys.argv[1])
loop = asyncio.new_event_loop()
begin = time.monotonic()
def note(*what): print(round((time.monotonic() - begin) / unit, 1), *what)
async def answer(name, delay):
    await asyncio.sleep(delay * unit)
    note("in loop", name)
    return name
def client(name, pause, delay, limit):
    time.sleep(pause * unit)
    future = asyncio.run_coroutine_threadsafe(answer(name, delay), loop)
    try: note("answer", future.result(limit * unit))
    except concurrent.futures.TimeoutError:
        note("no answer", name, future.cancel())
runner = threading.Thread(target=loop.run_forever)
runner.start()
clients = [threading.Thread(target=client, args=arguments) for arguments in (("a", 1, 2, 5), ("b", 0.5, 1, 5), ("c", 2, 9, 2.5), ("d", 4, 1.5, 5))]
for thread in clients: thread.start()
for thread in clients: thread.join()
loop.call_soon_threadsafe(loop.stop)
runner.join()
loop.close()
note("end")
