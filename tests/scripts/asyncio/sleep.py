# asyncio.sleep: result, zero, negative and invalid delays.
import asyncio


async def main():
    print(await asyncio.sleep(0.001, "late"), await asyncio.sleep(0, result=7), await asyncio.sleep(-5, "at once"))
    try:
        await asyncio.sleep(float("nan"))
    except ValueError as error:
        print(error)
    for wrong in ("1", None):
        try:
            await asyncio.sleep(wrong)
        except TypeError as error:
            print(error)
    task = asyncio.create_task(asyncio.sleep(100))
    await asyncio.sleep(0)
    task.cancel()
    print(await asyncio.gather(task, return_exceptions=True))


asyncio.run(main())
