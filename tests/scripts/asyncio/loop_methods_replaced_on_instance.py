# Methods replaced on a loop instance are the ones that futures, tasks, sleep and executors call.
import asyncio


async def main():
    loop = asyncio.get_running_loop()
    log = []

    def spy(name):
        original = getattr(loop, name)

        def called(*args, **kwargs):
            log.append(name)
            return original(*args, **kwargs)
        setattr(loop, name, called)

    for name in ("call_soon", "call_later", "call_at", "create_future", "create_task", "time", "call_soon_threadsafe",
                 "run_in_executor", "call_exception_handler"):
        spy(name)

    async def show(what, awaitable):
        log.clear()
        await awaitable
        print(what, log)

    await show("sleep 0", asyncio.sleep(0))
    await show("sleep", asyncio.sleep(0.01))
    await show("create_task", asyncio.create_task(asyncio.sleep(0)))
    await show("gather", asyncio.gather(asyncio.sleep(0), asyncio.sleep(0)))
    await show("gather nothing", asyncio.gather())
    await show("shield", asyncio.shield(asyncio.create_task(asyncio.sleep(0))))
    await show("wait_for", asyncio.wait_for(asyncio.sleep(0), 3600))
    await show("wait", asyncio.wait([asyncio.create_task(asyncio.sleep(0))], timeout=3600))
    lock = asyncio.Lock()
    await lock.acquire()
    loop.call_soon(lock.release)
    await show("lock", lock.acquire())
    queue = asyncio.Queue()
    loop.call_soon(queue.put_nowait, 1)
    await show("queue", queue.get())
    log.clear()
    asyncio.Future().add_done_callback(print)
    (future := asyncio.Future()).set_result(1)
    future.add_done_callback(lambda _: 1 / 0)
    await asyncio.sleep(0)
    print("future", log)


loop = asyncio.new_event_loop()
loop.set_exception_handler(lambda loop, context: None)
loop.run_until_complete(main())
loop.close()
