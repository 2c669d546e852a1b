# queue.Queue: blocking puts and gets, timeouts, join, shutdown, the other kinds.
import queue
import threading


def attempt(call, *args, **kwargs):
    try:
        print("gave", call(*args, **kwargs))
    except (queue.Empty, queue.Full, queue.ShutDown, ValueError) as error:
        print(type(error).__name__, error)


things = queue.Queue(2)
attempt(things.get, False)
attempt(things.get, timeout=0.01)
attempt(things.get, True, -1)
for n in range(2):
    things.put(n)
attempt(things.put, 3, block=False)
attempt(things.put, 3, timeout=0.01)
attempt(things.put_nowait, 3)
print(things.full(), things.empty(), things.qsize(), things.maxsize, things.unfinished_tasks)


def consume():
    while True:
        try:
            item = things.get()
        except queue.ShutDown:
            print("shut down")
            return
        done.append(item)
        things.task_done()


done = []
thread = threading.Thread(target=consume)
thread.start()
for n in range(2, 6):
    things.put(n)
things.join()
print(done)
things.shutdown()
thread.join()
attempt(things.put, 1)
attempt(things.get)
attempt(things.task_done)
things = queue.Queue()
things.put(1)
things.shutdown(immediate=True)
attempt(things.get)
print(things.unfinished_tasks, things.join())
for kind in (queue.LifoQueue, queue.PriorityQueue, queue.SimpleQueue):
    things = kind()
    for n in (2, 3, 1):
        things.put(n)
    print(kind.__name__, [things.get() for _ in range(3)], things.empty())
    attempt(things.get_nowait)
