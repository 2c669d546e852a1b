# Barrier: reset() breaks those who wait and starts anew, abort() leaves it broken.
import asyncio


def state(barrier):
    return repr(barrier).partition("[")[2], barrier.n_waiting, barrier.broken


async def waits(barrier):
    try:
        return await barrier.wait()
    except asyncio.BrokenBarrierError as error:
        return repr(error)


async def main():
    barrier = asyncio.Barrier(3)
    tasks = [asyncio.create_task(waits(barrier)) for _ in range(2)]
    await asyncio.sleep(0)
    print(state(barrier))
    await barrier.reset()
    print(state(barrier))
    late = asyncio.create_task(waits(barrier))
    print(await asyncio.gather(*tasks), late.done(), state(barrier))
    await barrier.abort()
    print(await late, state(barrier), await waits(barrier))
    await barrier.reset()
    print(state(barrier))
    print(await asyncio.gather(*[waits(barrier) for _ in range(3)]), state(barrier))
    await barrier.reset()
    tasks = [asyncio.create_task(waits(barrier)) for _ in range(2)]
    await asyncio.sleep(0)
    await barrier.abort()
    print(await asyncio.gather(*tasks), state(barrier))


asyncio.run(main())
