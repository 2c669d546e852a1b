# In debug mode the loop reports callbacks that take long: here with the figures taken out.
import asyncio
import logging
import time


class WithoutFigures(logging.Formatter):
    def format(self, record):
        return record.getMessage().split(" created at ")[0] + " ...> took long"


handler = logging.StreamHandler()
handler.setFormatter(WithoutFigures())
logging.getLogger("asyncio").addHandler(handler)


async def hogs_the_loop():
    time.sleep(0.15)


async def main():
    await asyncio.create_task(hogs_the_loop(), name="hog")
    print("done")


asyncio.run(main(), debug=True)
