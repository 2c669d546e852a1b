# The current task is set around every step, also around eager ones inside others and when a step fails.
import asyncio


def name():
    task = asyncio.current_task()
    return task and task.get_name()


async def nested(depth):
    print("nested", depth, name())
    if depth:
        asyncio.eager_task_factory(asyncio.get_running_loop(), nested(depth - 1), name=f"depth {depth - 1}")
        print("back in", name())
    if depth == 1:
        raise ValueError("fails while eager")


async def main():
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda loop, context: print(context["message"], repr(context["exception"])))
    loop.call_soon(lambda: print("callback", name()))
    task = asyncio.create_task(nested(0), name="plain")
    await asyncio.sleep(0)
    print(name() == asyncio.current_task().get_name(), task.done())
    task = asyncio.Task(nested(3), loop=loop, name="depth 3", eager_start=True)
    print("done" if task.done() else "pending", name() == asyncio.current_task().get_name())
    asyncio._leave_task(loop, asyncio.current_task())
    print(name())
    asyncio._enter_task(loop, task)
    print(name())
    asyncio._leave_task(loop, task)
    asyncio._enter_task(loop, main_task)


async def outer():
    global main_task
    main_task = asyncio.current_task()
    await main()


asyncio.run(outer())
