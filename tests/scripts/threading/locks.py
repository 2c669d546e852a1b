# Lock, RLock, Condition, Event, Semaphore, Barrier, Timer between threads.
import threading, time
total, lock = 0, threading.Lock()
def add():
    global total
    for _ in range(1000):
        with lock:
            total += 1
threads = [threading.Thread(target=add) for _ in range(6)]
for t in threads: t.start()
for t in threads: t.join()
print(total)
event = threading.Event()
t = threading.Thread(target=lambda: print('waited', event.wait(10)))
t.start(); event.set(); t.join()
print(event.wait(0.01)); event.clear(); print(event.wait(0.01), event.is_set())
condition, items = threading.Condition(), []
def consume():
    with condition:
        condition.wait_for(lambda: len(items) >= 3)
        print('got', items)
t = threading.Thread(target=consume); t.start()
for i in range(3):
    with condition:
        items.append(i); condition.notify()
t.join()
with condition: print(condition.wait(0.01))
for call in (condition.wait, condition.notify):
    try: call()
    except RuntimeError as error: print(error)
numbers = []
barrier = threading.Barrier(3, action=lambda: print('all there'))
threads = [threading.Thread(target=lambda: numbers.append(barrier.wait())) for _ in range(3)]
for t in threads: t.start()
for t in threads: t.join()
print(sorted(numbers), barrier.parties, barrier.n_waiting, barrier.broken, barrier)
try: threading.Barrier(2).wait(0.01)
except threading.BrokenBarrierError as error: print('broken', repr(error))
s = threading.Semaphore(2)
print(s.acquire(), s.acquire(), s.acquire(blocking=False), s.acquire(timeout=0.01)); s.release(2); print(s)
for make in (lambda: threading.BoundedSemaphore().release(), lambda: threading.Semaphore(-1), lambda: s.release(0), lambda: s.acquire(False, 1)):
    try: make()
    except ValueError as error: print(error)
r = threading.RLock()
with r, r:
    t = threading.Thread(target=lambda: print('other', r.acquire(False))); t.start(); t.join()
timer = threading.Timer(0.01, print, ['timer']); timer.start(); timer.join()
timer = threading.Timer(10, print, ['never']); timer.start(); timer.cancel(); timer.join()
print(threading.Event(), threading.Condition(threading.Lock()), threading.BoundedSemaphore(3))
