# threading.Barrier, Timer, Condition, Event and BoundedSemaphore.
import threading

barrier = threading.Barrier(2, action=lambda: print("action"), timeout=60)
indices = []
thread = threading.Thread(target=lambda: indices.append(barrier.wait()))
thread.start()
indices.append(barrier.wait())
thread.join()
print(sorted(indices), barrier.parties, barrier.n_waiting, barrier.broken)
try:
    barrier.wait(0.01)
except threading.BrokenBarrierError as error:
    print(type(error).__name__, error, barrier.broken)
barrier.reset()
print(barrier.broken)
barrier.abort()
try:
    barrier.wait()
except threading.BrokenBarrierError:
    print("aborted")
timer = threading.Timer(3600, print, ("never",))
timer.start()
timer.cancel()
timer.join()
print(timer.is_alive(), timer.finished.is_set())
condition, items = threading.Condition(), []


def produce():
    with condition:
        items.append("item")
        condition.notify()


with condition:
    thread = threading.Thread(target=produce)
    thread.start()
    print(condition.wait_for(lambda: items, timeout=60), condition.wait(0.01), condition.wait_for(lambda: False, 0.01))
thread.join()
for call in (condition.notify, condition.wait):
    try:
        call()
    except RuntimeError as error:
        print(error)
event = threading.Event()
print(event.wait(0.01), event.is_set(), event.set(), event.wait())
semaphore = threading.BoundedSemaphore(1)
print(semaphore.acquire(), semaphore.acquire(blocking=False), semaphore.acquire(timeout=0.01), semaphore.release())
try:
    semaphore.release()
except ValueError as error:
    print(error)
try:
    threading.Semaphore(-1)
except ValueError as error:
    print(error)
