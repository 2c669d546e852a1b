# A loop over a selector of the script's own is woken by other threads, executors and signals.
import asyncio
import os
import selectors
import signal
import threading


class Selector(selectors.DefaultSelector):
    def select(self, timeout=None):
        return super().select(timeout)


async def main():
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    thread = threading.Timer(0.05, loop.call_soon_threadsafe, (future.set_result, "woken by a thread"))
    thread.start()
    print(await future)
    thread.join()
    future = loop.create_future()
    loop.add_signal_handler(signal.SIGUSR1, lambda: future.set_result("woken by a signal"))
    thread = threading.Timer(0.05, os.kill, (os.getpid(), signal.SIGUSR1))
    thread.start()
    print(await future)
    thread.join()
    print(await loop.run_in_executor(None, lambda: "from an executor"))
    print(len(loop._selector.get_map()))


selector = Selector()
loop = asyncio.SelectorEventLoop(selector)
loop.run_until_complete(main())
loop.close()
print(selector.get_map())
