# call_soon_threadsafe wakes a sleeping loop from another thread.
import asyncio
import threading


async def main():
    loop = asyncio.get_running_loop()
    future = loop.create_future()

    def other_thread():
        loop.call_soon_threadsafe(future.set_result, threading.current_thread().name)

    thread = threading.Thread(target=other_thread, name="helper")
    thread.start()
    print("waiting")
    print("got", await future)
    thread.join()


asyncio.run(main())
