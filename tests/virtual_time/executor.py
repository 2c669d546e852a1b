# A loop with work in threads: what sleeps there and here comes in the order of time; what computes takes none.
import asyncio, concurrent.futures, sys, time
unit = float(sys.argv[1])
async def main():
    loop = asyncio.get_running_loop()
    begin = loop.time()
    def note(*what): print(round((loop.time() - begin) / unit, 1), *what)
    def work(n):
        time.sleep(n * unit)
        loop.call_soon_threadsafe(note, "called from", n)
        return n
    async def ticker():
        for tick in range(6):
            await asyncio.sleep(0.9 * unit)
            note("tick", tick)
    ticking = asyncio.ensure_future(ticker())
    for result in await asyncio.gather(*(asyncio.to_thread(work, n) for n in (2.2, 1.2, 3.2))): note("worked", result)
    try: await asyncio.wait_for(asyncio.to_thread(time.sleep, 3 * unit), unit)
    except TimeoutError: note("timeout")
    computed = await asyncio.wait_for(asyncio.to_thread(sum, range(1000)), 1000)
    print("computed", computed)
    await ticking
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        futures = [pool.submit(work, n) for n in (1, 3.5, 2)]
        print(sorted(map(len, concurrent.futures.wait(futures, 2 * unit))))
        print([f.result() for f in concurrent.futures.as_completed(futures[1:2])])
    note("end")
asyncio.run(main())
