# A condition's lock, taken by acquire(): one waits and has let go of it, the next one holds it.
import asyncio


async def waiter(condition):
    await condition.acquire()
    await condition.wait()


async def holder(condition):
    await condition.acquire()
    await asyncio.Event().wait()


async def notifier(condition):
    async with condition:
        condition.notify()


async def main():
    condition = asyncio.Condition()
    async with asyncio.TaskGroup() as group:
        for work in (waiter, holder, notifier):
            group.create_task(work(condition), name=work.__name__)


asyncio.run(main())
