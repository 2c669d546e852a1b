# ThreadPoolExecutor: submit, map, wait, shutdown, initializers, broken pools, the end of the program.
import concurrent.futures as cf, threading, time
with cf.ThreadPoolExecutor(2, thread_name_prefix='pool') as pool:
    print(list(pool.map(pow, range(5), [2] * 5)))
    print(pool.submit(lambda: threading.current_thread().name).result().startswith('pool_'))
    f = pool.submit(int, 'x')
    print(repr(f.exception()))
    try: f.result()
    except ValueError as error: print('raised', error)
    gate = threading.Event()
    blocked = [pool.submit(gate.wait) for _ in range(2)]
    waiting = pool.submit(print, 'never')
    print(waiting.cancel(), waiting.cancelled())
    done, rest = cf.wait(blocked, timeout=0.01); print(len(done), len(rest))
    gate.set()
    print(sorted(str(x.result()) for x in cf.as_completed(blocked)))
    quick = pool.submit(pow, 2, 3)
    print(cf.wait([quick], return_when=cf.FIRST_EXCEPTION).done == {quick})
try: pool.submit(print)
except RuntimeError as error: print(error)
for wrong in (lambda: cf.ThreadPoolExecutor(0), lambda: cf.ThreadPoolExecutor(initializer=5)):
    try: wrong()
    except (ValueError, TypeError) as error: print(type(error).__name__, error)
seen = []
with cf.ThreadPoolExecutor(1, initializer=seen.append, initargs=('started',)) as pool:
    print(pool.submit(len, seen).result(), seen)
pool = cf.ThreadPoolExecutor(1)
gate = threading.Event()
running = pool.submit(gate.wait)
late = [pool.submit(print, 'no') for _ in range(3)]
pool.shutdown(wait=False, cancel_futures=True)
print([x.cancelled() for x in late]); gate.set(); print(running.result())
pool = cf.ThreadPoolExecutor(1)
def slow(): raise KeyError('slow')
try: list(pool.map(lambda n: 1 // n, [1, 0]))
except ZeroDivisionError as error: print(error)
try: list(pool.map(time.sleep, [0.2], timeout=0.01))
except TimeoutError as error: print('timeout', repr(error))
pool.submit(lambda: (time.sleep(0.1), print('last work is waited for')))
print('main ends')
