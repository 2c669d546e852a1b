# Done callbacks run in the context of who added them; what they change does not reach the task, nor the other way round.
import asyncio
import contextvars

variable = contextvars.ContextVar("variable", default="outside")


def callback(name):
    def called(task):
        print(name, variable.get())
        variable.set("changed by " + name)
    return called


async def work():
    variable.set("set by the task")
    await asyncio.sleep(0)
    print("task", variable.get())


async def main():
    variable.set("set by main")
    task = asyncio.create_task(work())
    task.add_done_callback(callback("first"))
    variable.set("set later")
    task.add_done_callback(callback("second"))
    await task
    await asyncio.sleep(0)
    print("main", variable.get())
    context = contextvars.copy_context()
    context.run(variable.set, "own context")
    other = asyncio.create_task(work(), context=context)
    other.add_done_callback(callback("third"), context=context)
    await other
    await asyncio.sleep(0)
    print(context[variable])


asyncio.run(main())
