# A descriptor is watched: there may be something to read some day.
import asyncio
import sys


async def main():
    loop = asyncio.get_running_loop()
    line = loop.create_future()
    loop.add_reader(0, lambda: line.set_result(sys.stdin.readline()))
    print("input", flush=True)
    print(repr(await line))
    loop.remove_reader(0)


asyncio.run(main())
