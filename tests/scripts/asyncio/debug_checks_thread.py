# Debug mode: the loop refuses calls from other threads; without it they are not checked.
import asyncio
import threading


def in_thread(loop):
    for call in (lambda: loop.call_soon(print, "called"), lambda: loop.call_later(0, print, "called"),
                 lambda: loop.call_at(0, print, "called"), lambda: loop.call_soon_threadsafe(print, "called safely"),
                 lambda: loop.create_future() and None):
        try:
            call()
        except RuntimeError as error:
            print(error)


async def main():
    thread = threading.Thread(target=in_thread, args=(asyncio.get_running_loop(),))
    thread.start()
    thread.join()
    await asyncio.sleep(0.05)


asyncio.run(main(), debug=True)
print("-- without debug")
asyncio.run(main())
