# The default executor: what may be one, its shutdown, and use after that.
import asyncio
import concurrent.futures
import threading


async def main():
    loop = asyncio.get_running_loop()
    for wrong in (None, 3, object()):
        try:
            loop.set_default_executor(wrong)
        except TypeError as error:
            print(error)
    print(await loop.run_in_executor(None, lambda: threading.current_thread().name.startswith("asyncio_")))
    loop.set_default_executor(concurrent.futures.ThreadPoolExecutor(1, "own"))
    print(await loop.run_in_executor(None, lambda: threading.current_thread().name))
    try:
        await loop.run_in_executor(None, int, "no number")
    except ValueError as error:
        print(error)
    await loop.shutdown_default_executor()
    try:
        loop.run_in_executor(None, print)
    except RuntimeError as error:
        print(error)
    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        print(await loop.run_in_executor(pool, sum, [1, 2, 3]))


asyncio.run(main())
