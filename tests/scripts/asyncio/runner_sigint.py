# Ctrl-C in run: the first one cancels the main task, and run raises KeyboardInterrupt when that ends cancelled.
import asyncio
import os
import signal


async def interrupted(swallow=False):
    asyncio.get_running_loop().call_soon(os.kill, os.getpid(), signal.SIGINT)
    try:
        await asyncio.sleep(3600)
    except asyncio.CancelledError as error:
        print("cancelled", error.args, asyncio.current_task().cancelling())
        if swallow:
            return "swallowed"
        raise


async def cancels_itself():
    asyncio.current_task().cancel("by itself")
    await asyncio.sleep(0)


async def interrupted_and_cancelled():
    asyncio.current_task().cancel()
    os.kill(os.getpid(), signal.SIGINT)
    await asyncio.sleep(3600)


print(signal.getsignal(signal.SIGINT) is signal.default_int_handler)
for main in (interrupted(), interrupted(True), cancels_itself(), interrupted_and_cancelled()):
    try:
        print("result", asyncio.run(main))
    except BaseException as error:
        print(repr(error), error.__suppress_context__, type(error.__context__).__name__)
    print(signal.getsignal(signal.SIGINT) is signal.default_int_handler)
