# Debug mode: from asyncio.run, the loop and the threads it refuses.
import asyncio


async def main():
    loop = asyncio.get_running_loop()
    print(loop.get_debug())
    loop.set_debug(False)
    print(loop.get_debug())
    loop.set_debug(True)
    try:
        loop.call_soon(main())
    except TypeError as error:
        print(str(error).split(",")[0].split(" got ")[0])
    try:
        loop.call_soon(3)
    except TypeError as error:
        print(error)


asyncio.run(main(), debug=True)
