# The process's own timer.
import asyncio
import signal


async def main():
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    loop.add_signal_handler(signal.SIGALRM, future.set_result, "alarm")
    signal.setitimer(signal.ITIMER_REAL, 0.2)
    print(await future)


asyncio.run(main())
