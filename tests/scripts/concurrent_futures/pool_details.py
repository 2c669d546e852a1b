# ThreadPoolExecutor: map with timeouts and errors, initializers, shutdown with and without waiting, cancel_futures.
import concurrent.futures
import threading
import time

ThreadPoolExecutor = concurrent.futures.ThreadPoolExecutor
for wrong in ({"max_workers": 0}, {"max_workers": -1}, {"initializer": 3}):
    try:
        ThreadPoolExecutor(**wrong)
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)
with ThreadPoolExecutor(2, thread_name_prefix="worker") as pool:
    print(list(pool.map(pow, [1, 2, 3], [2, 3, 4])), list(pool.map(len, [])))
    results = pool.map(lambda n: 6 // n, [3, 0, 2])
    print(next(results))
    try:
        next(results)
    except ZeroDivisionError as error:
        print(error)
    print(next(results, "exhausted"))
    # Which of the two idle workers takes a call is open.
    print({pool.submit(lambda: threading.current_thread().name).result() for _ in range(3)} <= {"worker_0", "worker_1"})
try:
    pool.submit(print)
except RuntimeError as error:
    print(error)
release = threading.Event()
pool = ThreadPoolExecutor(1)
running = pool.submit(release.wait)
waiting = [pool.submit(print, "never") for _ in range(3)]
while not running.running():
    time.sleep(0.01)
pool.shutdown(wait=False, cancel_futures=True)
print([future.cancelled() for future in waiting], running.running())
release.set()
print(running.result())
pool = ThreadPoolExecutor(1)
blocker = pool.submit(release.wait)
try:
    release.clear()
    held = pool.submit(release.wait)
    list(pool.map(lambda n: release.wait(), [1], timeout=0.05))
except TimeoutError as error:
    print("map timed out", repr(error))
release.set()
pool.shutdown()
log = []
with ThreadPoolExecutor(1, initializer=log.append, initargs=("initialised",)) as pool:
    print(pool.submit(lambda: list(log)).result())
with ThreadPoolExecutor(1, initializer=lambda: 1 / 0) as pool:
    try:
        pool.submit(print).result()
    except concurrent.futures.BrokenExecutor as error:
        print(type(error).__name__, error)
