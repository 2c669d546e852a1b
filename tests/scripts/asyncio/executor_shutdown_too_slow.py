# shutdown_default_executor with a limit warns when the threads take longer.
import asyncio
import threading
import warnings

release = threading.Event()


async def main():
    loop = asyncio.get_running_loop()
    loop.run_in_executor(None, release.wait)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        await loop.shutdown_default_executor(timeout=0.05)
    for warning in caught:
        print(warning.category.__name__, warning.message)
    release.set()
    await loop.shutdown_default_executor()
    print("shut down")


asyncio.run(main())
