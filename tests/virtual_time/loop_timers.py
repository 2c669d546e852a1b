# Timers, sleeps, timeouts and wait_for of a loop, in units of time.
import asyncio, sys
unit = float(sys.argv[1])
async def main():
    loop = asyncio.get_running_loop()
    begin = loop.time()
    def note(*what): print(round((loop.time() - begin) / unit, 1), *what)
    for delay in 3, 1, 2: loop.call_later(delay * unit, note, "timer", delay)
    async def sleeper(n):
        await asyncio.sleep(n * unit)
        note("slept", n)
        return n
    print(await asyncio.gather(sleeper(2.5), sleeper(1.5), sleeper(0)))
    try:
        async with asyncio.timeout(4 * unit): await asyncio.sleep(100 * unit)
    except TimeoutError: note("timeout")
    try: await asyncio.wait_for(asyncio.Event().wait(), 1.5 * unit)
    except TimeoutError: note("wait_for")
    done, pending = await asyncio.wait([asyncio.ensure_future(sleeper(n)) for n in (1, 5)], timeout=2 * unit)
    note(len(done), len(pending))
    for n, finished in enumerate(asyncio.as_completed([sleeper(2), sleeper(1)])): note("as completed", await finished)
    await asyncio.wait(pending)
    note("end")
asyncio.run(main())
