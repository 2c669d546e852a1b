# wrap_future: results of another thread arrive in the loop; cancelling either side cancels the other.
import asyncio
import concurrent.futures
import threading


async def main():
    loop = asyncio.get_running_loop()
    for end in (lambda f: f.set_result("result"), lambda f: f.set_exception(KeyError("key"))):
        concurrent_future = concurrent.futures.Future()
        wrapped = asyncio.wrap_future(concurrent_future)
        thread = threading.Thread(target=end, args=(concurrent_future,))
        thread.start()
        try:
            print(await wrapped)
        except KeyError as error:
            print(repr(error))
        thread.join()
    concurrent_future = concurrent.futures.Future()
    wrapped = asyncio.wrap_future(concurrent_future, loop=loop)
    wrapped.cancel()
    await asyncio.sleep(0)
    print(concurrent_future.cancelled())
    concurrent_future = concurrent.futures.Future()
    wrapped = asyncio.wrap_future(concurrent_future)
    concurrent_future.cancel()
    print(wrapped.cancelled())
    try:
        await wrapped
    except asyncio.CancelledError as error:
        print("cancelled", error.args)
    concurrent_future = concurrent.futures.Future()
    wrapped = asyncio.wrap_future(concurrent_future)
    concurrent_future.set_running_or_notify_cancel()
    concurrent_future.set_result("done")
    wrapped.cancel()
    await asyncio.sleep(0.05)
    print(wrapped.cancelled(), concurrent_future.cancelled(), concurrent_future.result())


asyncio.run(main())
