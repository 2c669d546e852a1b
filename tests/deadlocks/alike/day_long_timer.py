# A timer that is far away.
import asyncio


async def main():
    print("kill", flush=True)
    await asyncio.sleep(10 ** 9)


asyncio.run(main())
