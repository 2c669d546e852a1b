# Exceptions that leave threads: the default report, threading.excepthook, SystemExit, one that fails itself.
import sys, threading
def fail(): raise ValueError('from a thread')
def run(target, name):
    t = threading.Thread(target=target, name=name); t.start(); t.join()
run(fail, 'first')
run(sys.exit, 'quiet')
threading.excepthook = lambda args: print('hook', args.exc_type, args.exc_value, args.exc_traceback is None, args.thread.name)
run(fail, 'second')
def bad_hook(args): raise LookupError('in the hook')
threading.excepthook = bad_hook
run(fail, 'third')
threading.excepthook = threading.__excepthook__
import _thread, time
done = threading.Event()
class Fails:
    def __call__(self):
        try: raise KeyError(5)
        finally: done.set()
    def __repr__(self): return 'the function'
_thread.start_new_thread(Fails(), ())
done.wait(); time.sleep(0.05)
