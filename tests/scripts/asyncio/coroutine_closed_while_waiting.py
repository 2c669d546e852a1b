# Closing the coroutine of a task, running it twice, and awaiting a coroutine that another one awaits.
import asyncio


async def waits(future):
    try:
        return await future
    finally:
        print("finally")


async def main():
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    coroutine = waits(future)
    task = asyncio.create_task(coroutine)
    await asyncio.sleep(0)
    for wrong in (lambda: coroutine.send(None),):
        try:
            wrong()
        except RuntimeError as error:
            print(error)
    try:
        await coroutine
    except RuntimeError as error:
        print(error)
    coroutine.close()
    print(task.done(), future.cancelled())
    future.set_result(1)
    print(await asyncio.gather(task, return_exceptions=True))
    coroutine = waits(asyncio.sleep(0, "twice"))
    first, second = asyncio.create_task(coroutine), asyncio.create_task(coroutine)
    print(await asyncio.gather(first, second, return_exceptions=True))
    done = waits(asyncio.sleep(0, "done"))
    print(await done)
    try:
        await done
    except RuntimeError as error:
        print(error)


asyncio.run(main())
