# wait_for awaits in the task itself: no extra task, and the same context.
import asyncio
import contextvars

variable = contextvars.ContextVar("variable")


async def work():
    variable.set("set inside")
    return asyncio.current_task(), len(asyncio.all_tasks())


async def main():
    for timeout in (3600, None):
        variable.set("before")
        task, count = await asyncio.wait_for(work(), timeout)
        print(task is asyncio.current_task(), count, variable.get())

    class Awaitable:
        def __await__(self):
            yield from asyncio.sleep(0).__await__()
            return "from an awaitable"

    print(await asyncio.wait_for(Awaitable(), 3600))


asyncio.run(main())
