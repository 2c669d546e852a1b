# Cancelling a wait leaves its members alone, and takes its callbacks from them.
import asyncio


async def main():
    loop = asyncio.get_running_loop()
    futures = [loop.create_future() for _ in range(3)]
    for timeout in (None, 3600):
        waiting = asyncio.create_task(asyncio.wait(futures, timeout=timeout))
        await asyncio.sleep(0)
        print([len(future._callbacks) for future in futures])
        waiting.cancel()
        print(await asyncio.gather(waiting, return_exceptions=True))
        print([future._callbacks for future in futures], [future.cancelled() for future in futures])
    waiting = asyncio.create_task(asyncio.wait(futures, return_when=asyncio.FIRST_COMPLETED))
    await asyncio.sleep(0)
    futures[1].cancel()
    done, pending = await waiting
    print(done == {futures[1]}, pending == {futures[0], futures[2]}, [future._callbacks for future in futures])


asyncio.run(main())
