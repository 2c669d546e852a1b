# wait with FIRST_EXCEPTION: a cancelled member is no exception.
import asyncio


async def waits(seconds):
    await asyncio.sleep(seconds)


async def fails():
    await asyncio.sleep(0.05)
    raise ValueError


async def main():
    cancelled, failing, long = (asyncio.create_task(c) for c in (waits(3600), fails(), waits(3600)))
    asyncio.get_running_loop().call_soon(cancelled.cancel)
    done, pending = await asyncio.wait([cancelled, failing, long], return_when=asyncio.FIRST_EXCEPTION)
    print(done == {cancelled, failing}, pending == {long}, repr(failing.exception()))
    long.cancel()
    done, pending = await asyncio.wait([cancelled, long], return_when=asyncio.FIRST_EXCEPTION)
    print(len(done), pending, long.cancelled())


asyncio.run(main())
