# A run_in_executor() cancelled before the loop closes does not touch the closed loop later.
import asyncio
import threading

started, release, finished = threading.Event(), threading.Event(), threading.Event()


def work():
    started.set()
    release.wait()
    finished.set()
    return "result"


loop = asyncio.new_event_loop()
loop.set_exception_handler(lambda loop, context: print("handler", context))


async def main():
    future = loop.run_in_executor(None, work)
    started.wait()
    future.cancel()
    try:
        await future
    except asyncio.CancelledError:
        print("cancelled")


loop.run_until_complete(main())
loop.call_soon_threadsafe = lambda *args: print("touched", args)
loop.close()
release.set()
finished.wait()
threading.Event().wait(0.05)
print("closed", loop.is_closed())
