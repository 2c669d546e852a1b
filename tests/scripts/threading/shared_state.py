# Eight threads that change the same containers, make garbage with finalisers and weak references, collect and raise, with
# a switch at every chance.
import gc, sys, threading, weakref

sys.setswitchinterval(1e-6)
table, items, members, errors, dropped = {}, [], set(), [], []
class Node:
    def __init__(self): self.me = self
    def __del__(self): dropped.append(None)
def change(n):
    try:
        for i in range(100):
            table[n, i] = node = Node()
            items.append((n, i))
            members.add((n, i))
            reference = weakref.ref(node, lambda r: None)
            if i % 3 == 0: table.pop((n, i))
            if i % 25 == 0: gc.collect()
            try: raise ValueError("x" * i)
            except ValueError as error: assert error.__traceback__
    except BaseException as error: errors.append(error)
def fibonacci(n): return n if n < 2 else fibonacci(n - 1) + fibonacci(n - 2)
def compute(n):
    for k in range(100):
        value = [1, 2.0, "x", (1,), None][(n + k) % 5]
        if fibonacci(8) != 21 or sum(i for i in range(50)) != 1225 or str(value) != str(value) or hash(value) != hash(value):
            errors.append(value)
for target in change, compute:
    threads = [threading.Thread(target=target, args=(n,)) for n in range(8)]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
node = None
print(errors, len(items), len(members), len(table))
table.clear()
gc.collect()
print(len(dropped))
