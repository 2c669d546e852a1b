# Threads: names, reprs, errors of wrong use, daemons, what is alive, subclasses.
import threading


class Mine(threading.Thread):
    def run(self):
        self.result = threading.current_thread() is self, self.name


def attempt(call, *args):
    try:
        print("gave", call(*args))
    except (RuntimeError, ValueError, AssertionError, TypeError) as error:
        print(type(error).__name__, error)


release = threading.Event()
thread = threading.Thread(target=release.wait, name="waiting", daemon=True)
print(thread, thread.ident, thread.is_alive(), thread.daemon)
attempt(thread.join)
thread.start()
print(repr(thread).partition(" ")[0], "started daemon" in repr(thread), thread.ident == thread.native_id, thread.is_alive())
attempt(thread.start)
attempt(setattr, thread, "daemon", False)
print(thread.join(0.01), thread.is_alive(), thread in threading.enumerate(), threading.active_count())
release.set()
thread.join()
print("stopped" in repr(thread), thread.is_alive(), threading.active_count())
mine = Mine()
mine.start()
mine.join()
print(mine.result[0], mine.result[1].startswith("Thread-"))
attempt(threading.current_thread().join)
attempt(threading.Thread, "group")
print(threading.main_thread() is threading.current_thread(), threading.main_thread().name, threading.get_ident() == threading.main_thread().ident)
named = threading.Thread(target=len)
print(named.name.startswith("Thread-") and named.name.endswith("(len)"))
lock = threading.Lock()
print(lock.acquire(), lock.locked(), lock.acquire(False), lock.acquire(timeout=0.01), lock.release())
attempt(lock.release)
attempt(lock.acquire, False, 1)
recursive = threading.RLock()
with recursive, recursive:
    print("twice")
attempt(recursive.release)
