# A barrier for three to which two come.
import asyncio


async def runner(barrier):
    await barrier.wait()
    print("never")


async def main():
    barrier = asyncio.Barrier(3)
    await asyncio.gather(runner(barrier), runner(barrier))


asyncio.run(main())
