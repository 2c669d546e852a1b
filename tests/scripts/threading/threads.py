# Threads: names, life, join, several at once, errors of misuse.
import threading
print(threading.current_thread().name, threading.main_thread() is threading.current_thread(), threading.active_count())
out = []
def work(n):
    for i in range(3):
        out.append((n, i))
for n in range(3):
    t = threading.Thread(target=work, args=(n,))
    print(t.name, t.is_alive(), t.ident, t.daemon, repr(t))
    t.start()
    t.join()
    print(t.is_alive(), t.ident is not None, t.native_id is not None)
print(out)
class Named(threading.Thread):
    def run(self):
        print('run of', self.name, threading.current_thread() is self, threading.get_ident() == self.ident)
n = Named(name='own', daemon=True)
n.start()
n.join()
print(n.daemon, threading.Thread(target=len).name, threading.Thread(name=5).name)
for misuse in (lambda: threading.Thread().join(), lambda: n.start(), lambda: threading.current_thread().join(),
               lambda: setattr(n, 'daemon', False), lambda: threading.Thread(group=1)):
    try:
        misuse()
    except (RuntimeError, AssertionError) as error:
        print(type(error).__name__, error)
def endless_sum():
    return sum(range(300000))
def loop():
    k = 0
    for i in range(200000):
        k += i
many = [threading.Thread(target=f) for f in (loop, endless_sum) * 3]
for t in many: t.start()
for t in many: t.join()
print(threading.active_count(), threading.enumerate() == [threading.main_thread()])
