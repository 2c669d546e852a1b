# run_coroutine_threadsafe: results, exceptions, cancelling from the other thread, timeouts, a failing task factory.
import asyncio
import concurrent.futures
import threading


async def add(a, b, fail=False, cancel=False):
    await asyncio.sleep(0.01)
    if fail:
        raise RuntimeError("Fail!")
    if cancel:
        asyncio.current_task().cancel()
        await asyncio.sleep(0)
    return a + b


def in_thread(loop, log):
    for options in ({}, {"fail": True}, {"cancel": True}):
        future = asyncio.run_coroutine_threadsafe(add(1, 2, **options), loop)
        try:
            log.append(future.result(60))
        except BaseException as error:
            log.append((type(error).__module__, repr(error)))
    future = asyncio.run_coroutine_threadsafe(asyncio.sleep(3600), loop)
    try:
        future.result(0)
    except TimeoutError as error:
        log.append(repr(error))
    log.append((future.cancel(), future.cancelled()))
    loop.call_soon_threadsafe(loop.set_task_factory, lambda loop, coroutine: 1 / 0)
    coroutine = add(1, 2)
    try:
        asyncio.run_coroutine_threadsafe(coroutine, loop).result(60)
    except ZeroDivisionError as error:
        log.append(repr(error))
    coroutine.close()
    loop.call_soon_threadsafe(loop.set_task_factory, None)


async def main():
    loop, log = asyncio.get_running_loop(), []
    loop.set_exception_handler(lambda loop, context: log.append(repr(context["exception"])))
    await loop.run_in_executor(None, in_thread, loop, log)
    print(*log, sep="\n")
    try:
        asyncio.run_coroutine_threadsafe(3, loop)
    except TypeError as error:
        print(error)
    await asyncio.sleep(0)
    print(len(asyncio.all_tasks()))


asyncio.run(main())
