# Awaiting a task that is done does not cede.
import asyncio


async def quick():
    return "quick"


async def other():
    print("other runs")


async def main():
    task = asyncio.create_task(quick())
    await asyncio.sleep(0)
    asyncio.create_task(other())
    print("done already:", task.done())
    print(await task)
    print("no one ran in between")
    await asyncio.sleep(0)


asyncio.run(main())
