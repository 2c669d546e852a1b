# Awaiting a future that is done costs no iteration.
import asyncio


async def main():
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    future.set_result("ready")
    log = []
    loop.call_soon(log.append, "an iteration passed")
    print(await future, await future, log)
    task = asyncio.create_task(asyncio.sleep(0, "slept"))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    print(log, task.done())
    loop.call_soon(log.append, "another")
    print(await task, await asyncio.shield(task), await asyncio.wait_for(task, 5), await asyncio.wait_for(task, 0), log)
    print(await asyncio.wait([task]) == ({task}, set()), log)
    print(await asyncio.gather(task, future), log)
    print(await asyncio.gather(), log)


asyncio.run(main())
