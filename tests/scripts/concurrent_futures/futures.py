# Future: states, results, exceptions, callbacks, cancellation, reprs and errors.
import concurrent.futures as cf
def attempt(function, *arguments):
    try: print(function.__name__, '->', function(*arguments))
    except BaseException as error: print(function.__name__, repr(error))
f = cf.Future(); print(f, f.done(), f.running(), f.cancelled())
f.add_done_callback(lambda x: print('callback', x is f, x.done()))
print(f.set_running_or_notify_cancel(), f, f.cancel())
attempt(f.set_running_or_notify_cancel) if 0 else None
attempt(f.result, 0.01); attempt(f.exception, 0)
f.set_result(5); print(f, f.result(), f.exception()); f.add_done_callback(lambda x: print('at once'))
try: f.set_result(6)
except cf.InvalidStateError as error: print(str(error).split(':')[0])
g = cf.Future(); g.set_exception(ValueError('x')); print(g); attempt(g.result); attempt(g.exception)
h = cf.Future(); print(h.cancel(), h.cancel(), h, h.set_running_or_notify_cancel(), h.cancelled(), h.done()); attempt(h.result); attempt(h.exception)
print(cf.CancelledError.__mro__, cf.TimeoutError, cf.BrokenExecutor.__mro__, cf.InvalidStateError.__bases__)
print(cf.wait([f, g, h]).not_done, cf.wait([f, g], return_when=cf.FIRST_COMPLETED) == ({f, g}, set()))
p = cf.Future()
done, rest = cf.wait([f, p], timeout=0.01); print(len(done), rest == {p})
try:
    for x in cf.as_completed([f, p, f], timeout=0.02): print('completed', x is f)
except TimeoutError as error: print(error)
attempt(cf.wait, [p], None, 'never')
attempt(cf.Executor().submit, 1)
