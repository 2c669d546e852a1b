# The main loop waits for a loop in a thread, and that one for the main loop.
import asyncio
import threading


async def in_thread(main_loop, future):
    await asyncio.sleep(0.2)
    main_loop.call_soon_threadsafe(future.set_result, asyncio.get_running_loop())
    await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(asyncio.sleep(0.1), main_loop))
    return "both"


async def main():
    loop = asyncio.get_running_loop()
    future, result = loop.create_future(), loop.create_future()

    def work():
        found = asyncio.run(in_thread(loop, future))
        loop.call_soon_threadsafe(result.set_result, found)

    thread = threading.Thread(target=work)
    thread.start()
    print((await future) is loop)
    print(await result)
    thread.join()


asyncio.run(main())
