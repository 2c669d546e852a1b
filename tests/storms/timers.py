# Very many timers, half of them cancelled: before the loop runs, by other timers, and by one another.
import asyncio, sys
from _tokens import Order, Token, left

count = int(sys.argv[1])


async def instants():
    loop = asyncio.get_running_loop()
    order, fired, begin = Order(), [], loop.time()
    def fire(n, token):
        order.add(n)
        fired.append(when[n])
        other = handles[n * 7919 % count]
        if n % 4 == 1: other.cancel()
    when = [begin + n * 104729 % count / count * 0.05 for n in range(count)]
    handles = [loop.call_at(when[n], fire, n, Token()) for n in range(count)]
    for handle in handles[::3]: handle.cancel()
    await asyncio.sleep(0.06)
    print("fired", order, "in time", fired == sorted(fired), "cancelled", sum(h.cancelled() for h in handles))
    handles.clear()


async def sleepers():
    order = Order()
    async def sleeper(n):
        token = Token()
        await asyncio.sleep(0.02 + n % 10 / 1000)
        order.add(n % 10)
    tasks = [asyncio.ensure_future(sleeper(n)) for n in range(count)]
    await asyncio.sleep(0)
    for task in tasks[::2]: task.cancel()
    await asyncio.wait(tasks)
    print("slept", order.count, "cancelled", sum(t.cancelled() for t in tasks))


async def timeouts():
    ends = {"timeout": 0, "done": 0}
    async def limited(n):
        token = Token()
        try:
            async with asyncio.timeout(0 if n % 2 else 100):
                await asyncio.sleep(0)
                await asyncio.sleep(0)
                await asyncio.sleep(0)
            ends["done"] += 1
        except TimeoutError: ends["timeout"] += 1
    await asyncio.gather(*(limited(n) for n in range(count)))
    waits = await asyncio.gather(*(asyncio.wait_for(asyncio.sleep(0, Token()), 100) for n in range(count)))
    print(ends, len(waits), len(asyncio.all_tasks()))


for main in instants, sleepers, timeouts:
    asyncio.run(main())
    print(main.__name__, left())
