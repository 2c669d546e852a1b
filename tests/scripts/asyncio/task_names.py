# Names of tasks: Task-N in order of creation, or given; set_name and get_name.
import asyncio


async def show():
    print("I am", asyncio.current_task().get_name())


async def main():
    await show()
    tasks = [asyncio.create_task(show()), asyncio.create_task(show(), name="mine"), asyncio.create_task(show())]
    tasks[2].set_name(42)
    await asyncio.gather(*tasks)
    print([t.get_name() for t in tasks], repr(tasks[2].get_name()))
    print(sorted(t.get_name() for t in asyncio.all_tasks()))


asyncio.run(main())
