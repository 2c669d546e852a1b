# asyncio.wait: all, first completed, first exception, timeout.
import asyncio


async def worker(turns, fail=False):
    for _ in range(turns):
        await asyncio.sleep(0)
    if fail:
        raise ValueError(turns)
    return turns


def names(tasks):
    return sorted(t.get_name() for t in tasks)


async def main():
    make = lambda: [asyncio.create_task(worker(n, n == 2), name=f"t{n}") for n in range(4)]
    for when in (asyncio.ALL_COMPLETED, asyncio.FIRST_COMPLETED, asyncio.FIRST_EXCEPTION):
        tasks = make()
        done, pending = await asyncio.wait(tasks, return_when=when)
        print(when, names(done), names(pending))
        await asyncio.gather(*tasks, return_exceptions=True)
    never = asyncio.create_task(asyncio.sleep(100), name="never")
    done, pending = await asyncio.wait([never], timeout=0.01)
    print(names(done), names(pending))
    never.cancel()
    try:
        await asyncio.wait([])
    except ValueError as error:
        print(error)


asyncio.run(main())
