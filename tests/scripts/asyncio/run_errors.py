# asyncio.run refuses what is not a coroutine, and a loop inside a loop.
import asyncio


async def nested():
    coroutine = asyncio.sleep(0)
    try:
        asyncio.run(coroutine)
    except RuntimeError as error:
        print(error)
    coroutine.close()


asyncio.run(nested())
for wrong in (None, 3, print, [1]):
    try:
        asyncio.run(wrong)
    except ValueError as error:
        print(error)
    except TypeError as error:
        print("TypeError", error)
try:
    asyncio.get_running_loop()
except RuntimeError as error:
    print(error)
