# main() is done, but a task that was cancelled waits for ever in its `finally`.
import asyncio


async def stubborn():
    try:
        await asyncio.Event().wait()
    finally:
        print("cleaning up")
        await asyncio.get_running_loop().create_future()


async def main():
    task = asyncio.create_task(stubborn(), name="stubborn")
    await asyncio.sleep(0)


asyncio.run(main())
