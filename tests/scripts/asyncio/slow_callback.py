# Debug mode reports a slow callback with its task (the duration is masked by the handler).
import asyncio
import logging
import re
import time


class Handler(logging.Handler):
    def emit(self, record):
        text = re.sub(r"took [0-9.]+ seconds", "took N seconds", record.getMessage())
        text = re.sub(r"created at \S+", "created at PLACE", text)
        print(record.levelname, record.name, re.sub(r"\S*slow_callback.py", "slow_callback.py", text))


logging.getLogger("asyncio").addHandler(Handler())
logging.getLogger("asyncio").propagate = False


async def slow():
    time.sleep(0.12)


async def main():
    asyncio.get_running_loop().slow_callback_duration = 0.1
    await asyncio.create_task(slow(), name="slowpoke")
    print("end")


asyncio.run(main(), debug=True)
