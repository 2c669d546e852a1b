# concurrent.futures.Future: states, reprs, callbacks, waiting, cancelling, errors of wrong use.
import concurrent.futures
import threading


def show(future):
    print(repr(future).partition(" state=")[2], future.done(), future.running(), future.cancelled())


def attempt(call, *args, **kwargs):
    try:
        print("gave", call(*args, **kwargs))
    except (Exception, concurrent.futures.CancelledError) as error:
        print(type(error).__name__, str(error).partition(" at 0x")[0])


future = concurrent.futures.Future()
show(future)
attempt(future.result, timeout=0)
attempt(future.exception, 0)
future.add_done_callback(lambda f: print("callback", f is future))
future.add_done_callback(lambda f: 1 / 0)
print(future.set_running_or_notify_cancel(), future.cancel())
show(future)
future.set_result(7)
show(future)
attempt(future.set_result, 8)
attempt(future.set_exception, ValueError())
attempt(future.set_exception, KeyError)
future.add_done_callback(lambda f: print("late callback", f.result()))
failed = concurrent.futures.Future()
failed.set_exception(KeyError("key"))
show(failed)
attempt(failed.result)
print(repr(failed.exception()))
cancelled = concurrent.futures.Future()
print(cancelled.cancel(), cancelled.cancel(), cancelled.set_running_or_notify_cancel())
show(cancelled)
attempt(cancelled.result)
attempt(cancelled.exception)
later = concurrent.futures.Future()
thread = threading.Timer(0.05, later.set_result, ("from a thread",))
thread.start()
print(later.result(timeout=60))
thread.join()
