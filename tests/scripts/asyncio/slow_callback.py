# Debug mode reports a slow callback with its task (the duration is masked by the handler).
import asyncio
import logging
import time


class Handler(logging.Handler):
    def emit(self, record):
        text, _, rest = record.getMessage().partition(" created at ")
        print(record.levelname, record.name, text.split(" coro=")[0], "took" in rest)


logging.getLogger("asyncio").addHandler(Handler())
logging.getLogger("asyncio").propagate = False


async def slow():
    time.sleep(0.12)


async def main():
    asyncio.get_running_loop().slow_callback_duration = 0.1
    await asyncio.create_task(slow(), name="slowpoke")
    print("end")


asyncio.run(main(), debug=True)
