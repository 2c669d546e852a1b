# `await coroutine` does not cede control: tasks that wait in the queue run only afterwards.
import asyncio


async def other(name):
    print(name)


async def inner():
    print("inner begins")
    print("inner ends")
    return 1


async def main():
    for name in ("other 1", "other 2", "other 3"):
        asyncio.create_task(other(name))
    print("before await coroutine")
    print(await inner())
    print("after await coroutine; nobody else has run")
    await asyncio.sleep(0)
    print("after a cede")


asyncio.run(main())
