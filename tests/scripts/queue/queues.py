# Queue, LifoQueue, PriorityQueue: bounds, tasks, timeouts, shutdown.
import queue, threading
def attempt(function, *arguments, **keywords):
    try: print(function.__name__, arguments, '->', function(*arguments, **keywords))
    except Exception as error: print(function.__name__, arguments, type(error), error)
q = queue.Queue(2)
q.put(1); q.put(2)
print(q.full(), q.empty(), q.qsize())
attempt(q.put, 3, False); attempt(q.put, 3, True, 0.01); attempt(q.put_nowait, 3); attempt(q.put, 3, timeout=-1)
attempt(q.get); attempt(q.get); attempt(q.get, False); attempt(q.get, timeout=0.01); attempt(q.get, timeout=-1); attempt(q.get_nowait)
attempt(q.task_done); attempt(q.task_done); attempt(q.task_done); attempt(q.join)
for kind in (queue.LifoQueue, queue.PriorityQueue):
    other = kind()
    for item in (3, 1, 2): other.put(item)
    print(kind.__name__, [other.get() for _ in range(3)])
q = queue.Queue(1)
done = []
def work():
    while True:
        item = q.get()
        done.append(item * 2)
        q.task_done()
t = threading.Thread(target=work, daemon=True); t.start()
for i in range(10): q.put(i)
q.join()
print(done, q.unfinished_tasks)
q = queue.Queue()
q.put(1); q.put(2)
q.shutdown()
attempt(q.put, 5); attempt(q.get); attempt(q.get); attempt(q.get)
q = queue.Queue(1); q.put(1)
def blocked():
    try: q.put(2)
    except queue.ShutDown: print('put was shut down')
t = threading.Thread(target=blocked); t.start(); q.shutdown(immediate=True); t.join()
attempt(q.get); attempt(q.join); print(q.is_shutdown, queue.Queue[int])
