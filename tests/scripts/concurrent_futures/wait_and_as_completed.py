# wait and as_completed of concurrent futures: the three ways to wait, timeouts, duplicates.
import concurrent.futures
from concurrent.futures import ALL_COMPLETED, FIRST_COMPLETED, FIRST_EXCEPTION, Future


def made(result=None, error=None):
    future = Future()
    if error:
        future.set_exception(error)
    elif result:
        future.set_result(result)
    return future


one, two, failed, pending = made(1), made(2), made(error=ValueError("failed")), made()
for futures, when in (([one, two, one], ALL_COMPLETED), ([one, pending], FIRST_COMPLETED), ([failed, pending], FIRST_EXCEPTION),
                      ([one, pending], FIRST_EXCEPTION), ([pending], ALL_COMPLETED), ([], ALL_COMPLETED)):
    result = concurrent.futures.wait(futures, timeout=0.01, return_when=when)
    print(when, len(result.done), len(result.not_done), type(result).__name__)
print(sorted(future.result() for future in concurrent.futures.as_completed([one, two, one])))
try:
    for future in concurrent.futures.as_completed([one, pending], timeout=0.01):
        print(future.result())
except TimeoutError as error:
    print(error)
try:
    concurrent.futures.wait([one, pending], return_when="NO SUCH")
except ValueError as error:
    print(error)
pending.cancel()
pending.set_running_or_notify_cancel()
print([future.cancelled() for future in concurrent.futures.as_completed([pending])])
print(concurrent.futures.TimeoutError is TimeoutError, concurrent.futures.CancelledError.__mro__[1].__name__)
