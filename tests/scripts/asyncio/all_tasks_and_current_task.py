# all_tasks and current_task, with and without a running loop, and for another loop.
import asyncio


async def work():
    await asyncio.sleep(0)


for call in (asyncio.all_tasks, asyncio.current_task):
    try:
        call()
    except RuntimeError as error:
        print(error)
loop, other = asyncio.new_event_loop(), asyncio.new_event_loop()
tasks = [loop.create_task(work(), name=name) for name in "ab"]
foreign = other.create_task(work(), name="foreign")
print(sorted(task.get_name() for task in asyncio.all_tasks(loop)), asyncio.current_task(loop))
print([task.get_name() for task in asyncio.all_tasks(other)], type(asyncio.all_tasks(loop)).__name__)


async def main():
    me = asyncio.current_task()
    print(asyncio.current_task(loop) is me, asyncio.current_task(other), me in asyncio.all_tasks())
    print(foreign in asyncio.all_tasks(), foreign in asyncio.all_tasks(other))
    await asyncio.gather(*tasks)
    print(len(asyncio.all_tasks()), asyncio.all_tasks() == {me})
    loop.call_soon(lambda: print("in a callback", asyncio.current_task()))
    await asyncio.sleep(0)


loop.run_until_complete(main())
print(asyncio.all_tasks(loop))
other.run_until_complete(foreign)
loop.close()
other.close()
