# wait: gives the sets of the done and the pending, never cancels or raises for its members, and counts who finished late.
import asyncio


def names(sets):
    return [sorted(task.get_name() for task in part) for part in sets]


async def work(rounds, error=None):
    for _ in range(rounds):
        await asyncio.sleep(0)
    if error:
        raise error


async def main():
    def tasks():
        return [asyncio.create_task(work(1), name="a"), asyncio.create_task(work(1), name="b"),
                asyncio.create_task(work(4, ValueError("failed")), name="c"), asyncio.create_task(work(9), name="d")]

    for return_when in (asyncio.FIRST_COMPLETED, asyncio.FIRST_EXCEPTION, asyncio.ALL_COMPLETED):
        members = tasks()
        print(return_when, names(await asyncio.wait(members, return_when=return_when)))
        print([task.cancelled() for task in members], names(await asyncio.wait(members)))
        print(repr(members[2].exception()))
    log = []
    asyncio.get_running_loop().call_soon(log.append, "an iteration")
    print(names(await asyncio.wait(members)), log)
    members = tasks() + [asyncio.create_task(asyncio.sleep(3600), name="long")]
    print(names(await asyncio.wait(members, timeout=0.05)))
    print(names(await asyncio.wait(members, timeout=0)), [task.cancelled() for task in members])
    members[-1].cancel()
    print(names(await asyncio.wait(members, timeout=-1)), members[2].exception() is not None)


asyncio.run(main())
