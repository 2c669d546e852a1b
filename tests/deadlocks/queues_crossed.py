# Two tasks that each answer the other: nobody begins.
import asyncio


async def answer(questions, answers):
    while True:
        await answers.put(await questions.get() + 1)


async def main():
    a, b = asyncio.LifoQueue(), asyncio.Queue()
    async with asyncio.TaskGroup() as group:
        group.create_task(answer(a, b), name="even")
        group.create_task(answer(b, a), name="odd")


asyncio.run(main())
