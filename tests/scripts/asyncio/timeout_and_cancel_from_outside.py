# Only the timeout's own cancellation becomes TimeoutError; one from outside passes through, also when both come.
import asyncio


async def work(limits):
    async with asyncio.timeout(3600) as limit:
        limits.append(limit)
        await asyncio.sleep(3600)


async def both(limits):
    try:
        async with asyncio.timeout(0) as limit:
            limits.append(limit)
            asyncio.current_task().cancel("from outside")
            await asyncio.sleep(0)
    finally:
        print("cancelling", asyncio.current_task().cancelling())


async def expired_then_cancelled(limits):
    async with asyncio.timeout(0) as limit:
        limits.append(limit)
        try:
            await asyncio.sleep(3600)
        finally:
            asyncio.current_task().cancel("while it expires")
            await asyncio.sleep(3600)


async def own_exception(limits):
    async with asyncio.timeout(0) as limit:
        limits.append(limit)
        try:
            await asyncio.sleep(3600)
        except asyncio.CancelledError:
            raise asyncio.CancelledError("a new one")


async def main():
    for kind in (work, both, expired_then_cancelled, own_exception):
        limits = []
        task = asyncio.create_task(kind(limits))
        if kind is work:
            asyncio.get_running_loop().call_later(0.05, task.cancel, "message")
        print(kind.__name__, await asyncio.gather(task, return_exceptions=True), limits[0].expired(), task.cancelling())


asyncio.run(main())
