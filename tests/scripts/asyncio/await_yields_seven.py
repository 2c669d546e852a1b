# A class whose __await__ yields 7, awaited inside a task: the task refuses what it cannot wait on.
import asyncio


class Seven:
    def __await__(self):
        value = yield 7
        print("got", value)
        return value


async def f():
    return await Seven()


async def main():
    task = asyncio.create_task(f())
    try:
        await task
    except RuntimeError as error:
        print(type(error).__name__, str(error).split(" name=")[0])
        print(str(error).rsplit(" ", 5)[1:])


asyncio.run(main())
