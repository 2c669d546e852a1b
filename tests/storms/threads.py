# Sixteen threads that call into one loop: call_soon_threadsafe keeps the order of each, coroutines give their results,
# some are cancelled from outside, and the loop does other work between.
import asyncio, concurrent.futures, queue, sys, threading
from _tokens import Token, left

count, threads = int(sys.argv[1]), 16


def started(target, *arguments):
    thread = threading.Thread(target=target, args=arguments)
    thread.start()
    return thread


def with_loop(run, each):
    """Runs `each(loop, n)` in sixteen threads at once while a loop runs in another one."""
    loop = asyncio.new_event_loop()
    runner = started(loop.run_forever)
    barrier = threading.Barrier(threads)
    def client(n):
        barrier.wait()
        each(loop, n)
    clients = [started(client, n) for n in range(threads)]
    for thread in clients: thread.join()
    asyncio.run_coroutine_threadsafe(asyncio.sleep(0), loop).result()
    loop.call_soon_threadsafe(loop.stop)
    runner.join()
    loop.close()
    print(run, left())


def callbacks():
    calls = [[] for _ in range(threads)]
    def each(loop, n):
        token = Token()
        for i in range(count): loop.call_soon_threadsafe(lambda i, token: calls[n].append(i), i, token)
    with_loop("callbacks", each)
    print([c == list(range(count)) for c in calls] == [True] * threads)


def coroutines():
    lock, total = None, [0]
    async def add(n, token):
        nonlocal lock
        lock = lock or asyncio.Lock()
        async with lock:
            before = total[0]
            await asyncio.sleep(0)
            total[0] = before + n
        return n
    sums = [0] * threads
    def each(loop, n):
        for i in range(count // 4): sums[n] += asyncio.run_coroutine_threadsafe(add(i, Token()), loop).result()
    with_loop("coroutines", each)
    print(total[0] == sum(sums), sums == [sum(range(count // 4))] * threads)


def cancellations():
    ends = queue.SimpleQueue()
    async def wait(token): await asyncio.Event().wait()
    async def fail(token): raise KeyError("failed")
    def each(loop, n):
        futures = [asyncio.run_coroutine_threadsafe(wait(Token()) if i % 2 else fail(Token()), loop) for i in range(count // 8)]
        for i, future in enumerate(futures):
            if i % 2: ends.put(("cancelled", future.cancel()))
            else: ends.put((type(future.exception()).__name__, future.done()))
    with_loop("cancellations", each)
    found = [ends.get() for _ in range(ends.qsize())]
    print({end: found.count(end) for end in sorted(set(found))})


def executor():
    async def main():
        loop = asyncio.get_running_loop()
        total = 0
        with concurrent.futures.ThreadPoolExecutor(threads) as pool:
            for batch in range(4):
                total += sum(await asyncio.gather(*(loop.run_in_executor(pool, lambda i, token: i, i, Token()) for i in range(count))))
        return total, sum(await asyncio.gather(*(asyncio.to_thread(int, i) for i in range(count))))
    print(asyncio.run(main()))
    print("executor", left())


def loops():
    """A loop in each thread, all at once; each sends to the next one's queue, round in a circle."""
    arrived, ready = queue.SimpleQueue(), threading.Barrier(threads)
    around = [None] * threads
    def run(n):
        async def main():
            around[n] = asyncio.get_running_loop(), asyncio.Queue()
            ready.wait()
            loop, box = around[(n + 1) % threads]
            got = []
            for i in range(count // 8):
                loop.call_soon_threadsafe(box.put_nowait, (i, Token()))
                got.append((await around[n][1].get())[0])
            arrived.put((n, got == list(range(count // 8))))
            ready.wait()
        asyncio.run(main())
    for thread in [started(run, n) for n in range(threads)]: thread.join()
    print(sorted(arrived.get() for _ in range(arrived.qsize())) == [(n, True) for n in range(threads)])
    around.clear()
    print("loops", left())


for storm in callbacks, coroutines, cancellations, executor, loops: storm()
