# What asyncio.run and Runner.run refuse; a coroutine that is refused inside a running loop was never awaited.
import asyncio


async def work():
    return "done"


async def nested(runner):
    coroutine = work()
    try:
        asyncio.run(coroutine)
    except RuntimeError as error:
        print(error)
    coroutine.close()
    try:
        runner.run(work())
    except RuntimeError as error:
        print(error)


async def future_made():
    return asyncio.get_running_loop().create_future()


with asyncio.Runner() as runner:
    runner.run(nested(runner))
    for wrong in (123, None, work, [work], runner.run(future_made())):
        try:
            runner.run(wrong)
        except ValueError as error:
            print(error)
    print(runner.run(work()))
coroutine = work()
for call in (lambda: runner.run(coroutine), runner.get_loop, runner.__enter__):
    try:
        call()
    except RuntimeError as error:
        print(error)
coroutine.close()
print(asyncio.Runner().close())
for wrong in ({"debug": True}, {"loop": 1}):
    try:
        asyncio.Runner(None, **wrong)
    except TypeError as error:
        print(error)
