# A handler of the signal module's cancels the task.
import asyncio
import signal


async def main():
    loop, task = asyncio.get_running_loop(), asyncio.current_task()
    signal.signal(signal.SIGUSR2, lambda number, frame: loop.call_soon_threadsafe(task.cancel))
    print("signal SIGUSR2", flush=True)
    try:
        await loop.create_future()
    except asyncio.CancelledError:
        print("cancelled")


asyncio.run(main())
