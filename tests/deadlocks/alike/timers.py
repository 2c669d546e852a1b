# sleep, timeout, wait_for, call_later: all end by themselves.
import asyncio


async def main():
    await asyncio.sleep(0.05)
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    loop.call_later(0.05, future.set_result, "later")
    print(await future)
    try:
        async with asyncio.timeout(0.05):
            await asyncio.Event().wait()
    except TimeoutError:
        print("timeout")
    try:
        await asyncio.wait_for(loop.create_future(), 0.05)
    except TimeoutError:
        print("wait_for")
    done, pending = await asyncio.wait([loop.create_future()], timeout=0.05)
    print(len(done), len(pending))


asyncio.run(main())
