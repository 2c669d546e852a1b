# SimpleQueue: order, arguments, errors, waiting threads.
import queue, threading, _queue
def attempt(function, *arguments, **keywords):
    try: print(arguments, keywords, '->', function(*arguments, **keywords))
    except BaseException as error: print(arguments, keywords, type(error).__name__, repr(str(error)))
print(queue.__all__, _queue.Empty, queue.Full, _queue.SimpleQueue, queue.SimpleQueue[int])
q = queue.SimpleQueue()
attempt(q.get, False); attempt(q.get, True, -1); attempt(q.get, timeout='x'); attempt(q.get_nowait); attempt(q.put)
attempt(q.put, 1, 2, 3); attempt(q.put, 1, 2, 3, 4); attempt(q.qsize); attempt(q.empty); attempt(queue.SimpleQueue, 5)
attempt(queue.SimpleQueue, x=5); attempt(q.get, 1, 2, 3); attempt(q.get, True, 0.01); attempt(q.get, True, 0.01)
for i in range(300): q.put(i)
print(sum(q.get() for _ in range(299)), q.get(), q.empty())
class Sub(queue.SimpleQueue):
    def __init__(self, *items):
        for item in items: self.put(item)
print(Sub(7, 8).qsize())
got = []
def consume():
    while (item := q.get()) is not None: got.append(item)
threads = [threading.Thread(target=consume) for _ in range(3)]
for t in threads: t.start()
for i in range(50): q.put(i)
for t in threads: q.put(None)
for t in threads: t.join()
print(sorted(got) == list(range(50)))
