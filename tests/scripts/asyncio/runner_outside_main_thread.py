# In another thread, run works as well, without touching the signal handlers; a signal.signal that refuses is tolerated.
import asyncio
import signal
import threading


async def main():
    await asyncio.sleep(0)
    return signal.getsignal(signal.SIGINT) is signal.default_int_handler


def in_thread():
    print("thread", asyncio.run(main()))


thread = threading.Thread(target=in_thread)
thread.start()
thread.join()
print("main", asyncio.run(main()))
original = signal.signal


def refuse(number, handler):
    raise ValueError("signal only works in main thread of the main interpreter")


signal.signal = refuse
print("refused", asyncio.run(main()))
signal.signal = original
