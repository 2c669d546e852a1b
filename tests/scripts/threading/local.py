# threading.local: attributes per thread, __init__ in each, and their end with the thread.
import threading
data = threading.local()
data.x = 1
class Loud:
    def __del__(self): print('deleted')
def other():
    try: data.x
    except AttributeError as error: print(error)
    data.x, data.loud = 2, Loud()
    print(sorted(data.__dict__), data.x)
t = threading.Thread(target=other); t.start(); t.join()
print(data.x, data.__dict__)
class Counted(threading.local):
    shared = 'class'
    def __init__(self, *args, **keywords):
        print('init', args, keywords, threading.current_thread().name)
        self.values = list(args)
    def add(self, item):
        self.values.append(item)
        return self.values
counted = Counted(1, 2, key=3)
print(counted.add(3), counted.shared)
t = threading.Thread(target=lambda: print(counted.add(4)), name='second'); t.start(); t.join()
print(counted.values)
for wrong in (lambda: threading.local(5), lambda: setattr(data, '__dict__', {}), lambda: delattr(data, 'none')):
    try: wrong()
    except (TypeError, AttributeError) as error: print(type(error).__name__, error)
