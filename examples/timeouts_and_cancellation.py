# Giving up: timeouts, cancellation with a reason, shielded work and cleaning up.
import asyncio


async def long_job(name):
    try:
        print(name, "starts")
        await asyncio.sleep(60)
    except asyncio.CancelledError as reason:
        print(name, "was told to stop:", reason.args or "no reason given")
        raise
    finally:
        print(name, "cleans up")


async def main():
    try:
        async with asyncio.timeout(0.02):
            await long_job("job 1")
    except TimeoutError:
        print("job 1 took too long")
    task = asyncio.create_task(long_job("job 2"))
    await asyncio.sleep(0)
    task.cancel("the user left")
    try:
        await task
    except asyncio.CancelledError:
        print("job 2 is cancelled:", task.cancelled())
    results = await asyncio.gather(asyncio.wait_for(long_job("job 3"), 0.02), asyncio.sleep(0, "fine"), return_exceptions=True)
    print(results)


asyncio.run(main())
