# Three tasks take turns: each `await asyncio.sleep(0)` cedes control to the next one in the ready queue.
import asyncio


async def greet(name, times):
    for i in range(times):
        print(f"{name}: hello {i}")
        await asyncio.sleep(0)
    return name


async def main():
    names = await asyncio.gather(greet("ada", 3), greet("grace", 2), greet("edsger", 1))
    print("done:", ", ".join(names))


asyncio.run(main())
