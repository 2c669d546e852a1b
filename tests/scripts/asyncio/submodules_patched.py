# Names of submodules can be imported, and replacing them takes effect where programs rely on it.
import asyncio
import asyncio.base_events
import asyncio.events
import asyncio.log
import asyncio.tasks
from asyncio import base_futures, base_tasks, constants, coroutines, exceptions, format_helpers, futures, locks, mixins, protocols
from asyncio import queues, runners, selector_events, streams, taskgroups, threads, timeouts, transports, unix_events


class Logger:
    def error(self, text, *args, exc_info=None):
        print("logged", text.split("\n")[0], exc_info and exc_info[0].__name__)

    def warning(self, text, *args):
        print("warned", text)

    debug = warning


async def main():
    loop = asyncio.get_running_loop()
    original, asyncio.base_events.logger = asyncio.base_events.logger, Logger()
    loop.call_exception_handler({"message": "through the patched logger"})
    loop.call_soon(lambda: 1 / 0)
    await asyncio.sleep(0)
    asyncio.base_events.logger = original
    real_sleep = asyncio.sleep

    async def sleep(delay, result=None):
        print("patched sleep", delay)
        return await real_sleep(0, result)

    asyncio.sleep = sleep
    print(await asyncio.sleep(3600, "at once"))
    asyncio.sleep = real_sleep
    asyncio.tasks.create_task, made = lambda *args, **kwargs: "patched", asyncio.tasks.create_task
    print(asyncio.tasks.create_task(None))
    asyncio.tasks.create_task = made


print(asyncio.log.logger.name, asyncio.base_events.logger is asyncio.log.logger, constants.LOG_THRESHOLD_FOR_CONNLOST_WRITES)
print(asyncio.tasks.Task is asyncio.Task, events_names := asyncio.events.get_running_loop is asyncio.get_running_loop)
print(exceptions.CancelledError is asyncio.CancelledError, futures.isfuture is asyncio.isfuture, constants.DEBUG_STACK_DEPTH)
asyncio.run(main())
