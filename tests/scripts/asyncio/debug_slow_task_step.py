# Debug mode: a slow step is reported by the task's repr, a slow callback by the handle's.
import asyncio
import logging


class Handler(logging.Handler):
    def emit(self, record):
        print(record.levelname, record.name, record.getMessage().partition(" cb=")[0].rpartition(" took ")[0] or
              record.getMessage().partition(" cb=")[0], "|", record.msg)


def slow(argument):
    pass


async def main():
    asyncio.get_running_loop().slow_callback_duration = 0.0
    asyncio.get_running_loop().call_soon(slow, 1)
    await asyncio.sleep(0)
    asyncio.get_running_loop().slow_callback_duration = 1e9


logging.getLogger("asyncio").addHandler(Handler())
logging.getLogger("asyncio").propagate = False
loop = asyncio.new_event_loop()
print(loop.slow_callback_duration)
loop.close()
asyncio.run(main(), debug=True)
