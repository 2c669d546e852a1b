# An eager task begins inside create_task, in a copy of the context, if the loop runs; it is among all_tasks meanwhile.
import asyncio
import contextvars

variable = contextvars.ContextVar("variable", default="outside")


async def work(rounds):
    me = asyncio.current_task()
    print("begins", me in asyncio.all_tasks(), me.get_name(), variable.get())
    variable.set("set by the task")
    for _ in range(rounds):
        await asyncio.sleep(0)
    print("ends", asyncio.current_task() is me)
    return "result"


async def main():
    loop = asyncio.get_running_loop()
    loop.set_task_factory(asyncio.eager_task_factory)
    me = asyncio.current_task()
    for rounds in (0, 1):
        task = asyncio.create_task(work(rounds), name=f"rounds {rounds}")
        print("back", task.done(), asyncio.current_task() is me, variable.get(), task in asyncio.all_tasks())
        print(task.cancel() if task.done() else "", await task)
    context = contextvars.copy_context()
    await asyncio.create_task(work(0), context=context)
    print(context[variable])


loop = asyncio.new_event_loop()
loop.set_task_factory(asyncio.eager_task_factory)
task = loop.create_task(work(0), name="not running yet")
print("made", task.done())
print(loop.run_until_complete(task))
loop.close()
asyncio.run(main())
