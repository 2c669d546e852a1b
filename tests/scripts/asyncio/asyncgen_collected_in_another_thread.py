# An asynchronous generator whose last reference another thread drops is closed in its loop, in debug mode too.
import asyncio
import gc
import threading


async def numbers():
    try:
        yield 1
        yield 2
    finally:
        await asyncio.sleep(0)
        print("closed in the main thread:", threading.current_thread() is threading.main_thread())


def drop(kept):
    kept.clear()
    gc.collect()


async def main():
    kept = [numbers()]
    print(await anext(kept[0]))
    thread = threading.Thread(target=drop, args=(kept,))
    thread.start()
    thread.join()
    print("dropped")
    await asyncio.sleep(0.05)


for debug in (False, True):
    asyncio.run(main(), debug=debug)
