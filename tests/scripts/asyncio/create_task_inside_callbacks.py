# Tasks made in callbacks, in done callbacks and in finalizers of the same loop.
import asyncio


async def work(name):
    print("work", name, asyncio.current_task().get_name())
    return name


async def main():
    loop = asyncio.get_running_loop()
    finished = loop.create_future()

    def callback():
        print(asyncio.current_task(), asyncio.get_running_loop() is loop)
        task = loop.create_task(work("from a callback"), name="T1")
        task.add_done_callback(done)

    def done(task):
        print("done", task.result())
        asyncio.create_task(work("from a done callback"), name="T2").add_done_callback(finished.set_result)

    loop.call_soon(callback)
    task = await finished
    print(task.get_name(), task.result(), isinstance(task, asyncio.Task))
    asyncio.ensure_future(work("ensured"), loop=loop)
    await asyncio.sleep(0)
    await asyncio.sleep(0)


asyncio.run(main())
