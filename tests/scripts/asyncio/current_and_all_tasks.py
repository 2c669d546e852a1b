# current_task and all_tasks, inside tasks, callbacks and outside.
import asyncio


async def worker():
    await asyncio.sleep(0)
    print(sorted(t.get_name() for t in asyncio.all_tasks()))


async def main():
    print(asyncio.current_task().get_name())
    asyncio.get_running_loop().call_soon(lambda: print("in a callback", asyncio.current_task()))
    tasks = [asyncio.create_task(worker(), name=f"w{n}") for n in range(3)]
    await asyncio.sleep(0)
    print(len(asyncio.all_tasks()))
    await asyncio.gather(*tasks)
    print(len(asyncio.all_tasks()))


asyncio.run(main())
try:
    asyncio.current_task()
except RuntimeError as error:
    print(error)
