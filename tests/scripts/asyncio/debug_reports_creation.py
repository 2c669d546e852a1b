# Debug mode: reports of failed futures, tasks and callbacks tell where they were made; coroutines never awaited too.
import asyncio
import gc
import logging


class Handler(logging.Handler):
    def emit(self, record):
        lines = record.getMessage().split("\n")
        print("\n".join(line for line in lines if "asyncio" not in line and "run(" not in line and "~~~" not in line and "self." not in line))


async def fails():
    raise ValueError("failed")


def callback():
    raise KeyError("callback")


async def never():
    pass


async def main():
    loop = asyncio.get_running_loop()
    loop.call_soon(callback)
    await asyncio.sleep(0)
    future = asyncio.Future()
    future.set_exception(OSError("future"))
    del future
    gc.collect()
    print([key for key in ("cr_origin",) if hasattr(never, key)])


logger = logging.getLogger("asyncio")
logger.addHandler(Handler())
logger.propagate = False
asyncio.run(main(), debug=True)
