# gather: the first exception is raised at once and the others go on; or exceptions are results.
import asyncio


async def good(turns):
    for _ in range(turns):
        await asyncio.sleep(0)
    print("good", turns)
    return turns


async def bad(text):
    await asyncio.sleep(0)
    raise ValueError(text)


async def main():
    try:
        await asyncio.gather(good(1), bad("first"), good(5), bad("second"))
    except ValueError as error:
        print("caught", error)
    print("still going:", len(asyncio.all_tasks()) - 1)
    for _ in range(6):
        await asyncio.sleep(0)
    print(await asyncio.gather(good(0), bad("third"), return_exceptions=True))


asyncio.run(main())
