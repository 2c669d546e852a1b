# add_signal_handler: runs in the loop, is replaced and removed; what it refuses.
import asyncio
import os
import signal
import threading


async def main():
    loop = asyncio.get_running_loop()
    done = loop.create_future()
    loop.add_signal_handler(signal.SIGUSR1, print, "first")
    loop.add_signal_handler(signal.SIGUSR1, lambda *args: print("second", args) or done.set_result(1), 1, 2)
    os.kill(os.getpid(), signal.SIGUSR1)
    print("killed")
    await done
    print(loop.remove_signal_handler(signal.SIGUSR1), loop.remove_signal_handler(signal.SIGUSR1))
    print(signal.getsignal(signal.SIGUSR1) is signal.SIG_DFL)
    loop.add_signal_handler(signal.SIGINT, done.get_loop().stop)
    print(loop.remove_signal_handler(signal.SIGINT), signal.getsignal(signal.SIGINT) is signal.default_int_handler)
    for sig, callback in ((signal.SIGKILL, print), (0, print), (1000, print), ("text", print), (signal.SIGUSR1, main),
                          (-1, print), (signal.SIGUSR1, asyncio.sleep)):
        try:
            loop.add_signal_handler(sig, callback)
        except (RuntimeError, ValueError, TypeError) as error:
            print(type(error).__name__, error)
    for sig in (1000, "text", signal.SIGUSR2):
        try:
            print(loop.remove_signal_handler(sig))
        except (ValueError, TypeError) as error:
            print(type(error).__name__, error)

    def in_thread():
        try:
            asyncio.new_event_loop().add_signal_handler(signal.SIGUSR1, print)
        except RuntimeError as error:
            print("thread", error)

    thread = threading.Thread(target=in_thread)
    thread.start()
    thread.join()
    loop.add_signal_handler(signal.SIGUSR2, fails)
    loop.set_exception_handler(lambda loop, context: print(repr(context["exception"])))
    os.kill(os.getpid(), signal.SIGUSR2)
    await asyncio.sleep(0.05)


def fails():
    raise ValueError("in the handler")


import warnings
warnings.simplefilter("ignore")
asyncio.run(main())
print(signal.getsignal(signal.SIGUSR2) is signal.SIG_DFL)
