# wait_for with no time left: a done future gives its result, anything else is cancelled before it begins.
import asyncio


async def work():
    print("never begins")


async def main():
    loop = asyncio.get_running_loop()
    done = loop.create_future()
    done.set_result("result")
    failed = loop.create_future()
    failed.set_exception(ValueError("failed"))
    for timeout in (0, -1, -0.0):
        pending, task = loop.create_future(), asyncio.create_task(work())
        for awaited in (done, failed, pending, task, work()):
            try:
                print(await asyncio.wait_for(awaited, timeout))
            except (TimeoutError, ValueError) as error:
                print(repr(error), repr(error.__cause__), error.__cause__ is error.__context__)
    print(pending.cancelled(), task.cancelled())
    print(await asyncio.wait_for(asyncio.sleep(0, "no limit"), None), await asyncio.wait_for(asyncio.sleep(0, "big"), 1e9))
    coroutine = asyncio.sleep(0)
    try:
        await asyncio.wait_for(coroutine, "text")
    except TypeError as error:
        print(error)
    coroutine.close()


asyncio.run(main())
