# create_task of a group passes name and context on; a child that fails eagerly counts as any other.
import asyncio
import contextvars

variable = contextvars.ContextVar("variable", default="outside")


async def work():
    print(asyncio.current_task().get_name(), variable.get())
    variable.set("changed")


async def fails():
    raise ValueError("eager")


async def main():
    context = contextvars.copy_context()
    context.run(variable.set, "in the context")
    async with asyncio.TaskGroup() as group:
        group.create_task(work(), name="named", context=context)
        group.create_task(work(), name="plain")
    print(context[variable], variable.get())
    asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)
    async with asyncio.TaskGroup() as group:
        print(group.create_task(asyncio.sleep(0, "a")).done(), group.create_task(work(), name="eager").done(), len(group._tasks))
    try:
        async with asyncio.TaskGroup() as group:
            waiting = group.create_task(asyncio.sleep(3600))
            group.create_task(fails())
            print("body goes on")
            await asyncio.sleep(0)
            print("not reached")
    except* ValueError as error:
        print(error.exceptions, waiting.cancelled())


asyncio.run(main())
