# A ticking clock beside a worker; endless, or for so many ticks as the argument says.
# args: 4
import asyncio
import sys


async def ticker(ticks):
    n = 0
    while ticks is None or n < ticks:
        print("tick" if n % 2 == 0 else "tock", flush=True)
        await asyncio.sleep(0.05)
        n += 1


async def main():
    await ticker(int(sys.argv[1]) if len(sys.argv) > 1 else None)


asyncio.run(main())
