# Very many tasks at once: they end, fail, are cancelled one by one, and by the gather that waits for them.
import asyncio, sys
from _tokens import Order, Token, left

count = int(sys.argv[1])


async def work(n, order):
    token = Token()
    await asyncio.sleep(0)
    order.add(n)
    if n % 100 == 7: raise ValueError(n)
    return n


async def blocked(n, futures, order):
    token = Token()
    future = asyncio.get_running_loop().create_future()
    if n % 10 == 9: futures.append(future)   # to be woken; the others wait for what nobody else knows
    try:
        await future
        return "woken"
    except asyncio.CancelledError:
        order.add(n)
        if n % 3 == 0: raise
        return "survived"


async def finish():
    order = Order()
    results = await asyncio.gather(*(work(n, order) for n in range(count)), return_exceptions=True)
    failures = [r for r in results if isinstance(r, ValueError)]
    print("gathered", len(results), "failed", len(failures), "sum", sum(r for r in results if isinstance(r, int)), order)


async def cancel_each():
    order, futures = Order(), []
    tasks = [asyncio.ensure_future(blocked(n, futures, order)) for n in range(count)]
    await asyncio.sleep(0)
    for task in tasks[::2]: task.cancel()
    await asyncio.sleep(0)
    for task in tasks[1::4]: task.cancel()
    print("cancelling", sum(task.cancelling() for task in tasks), "done", sum(task.done() for task in tasks))
    for future in futures:
        if not future.done(): future.set_result(None)
    await asyncio.sleep(0)
    for task in tasks: task.cancel()
    await asyncio.wait(tasks)
    print("cancelled", sum(task.cancelled() for task in tasks), order)
    print({what: [t.result() for t in tasks if not t.cancelled()].count(what) for what in ("woken", "survived")})


async def cancel_gather():
    order, futures = Order(), []
    gathered = asyncio.gather(*(blocked(n, futures, order) for n in range(count)))
    await asyncio.sleep(0)
    gathered.cancel()
    try: await gathered
    except asyncio.CancelledError: print("gather cancelled", order)


async def unstarted():
    tasks = [asyncio.ensure_future(blocked(n, None, None)) for n in range(count)]
    for task in tasks: task.cancel()
    await asyncio.wait(tasks)
    print("never started", sum(task.cancelled() for task in tasks))


async def group():
    order, futures = Order(), []
    try:
        async with asyncio.TaskGroup() as tasks:
            for n in range(count): tasks.create_task(blocked(n, futures, order))
            await asyncio.sleep(0)
            raise KeyError("stop")
    except* KeyError as error: print("group", len(error.exceptions), order.count)


for main in finish, cancel_each, cancel_gather, unstarted, group:
    asyncio.run(main())
    print(main.__name__, left())
