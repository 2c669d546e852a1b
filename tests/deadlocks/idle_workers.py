# The workers of the executor have nothing to do any more.
import asyncio


async def main():
    loop = asyncio.get_running_loop()
    print(await asyncio.gather(*[loop.run_in_executor(None, abs, -i) for i in range(5)]))
    print(await asyncio.to_thread(max, 3, 4))
    await loop.create_future()


asyncio.run(main())
