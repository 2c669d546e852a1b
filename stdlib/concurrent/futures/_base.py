"""Futures of calls that run elsewhere, waiting for several of them, and what executors have in common."""

import collections
import logging
import threading
import time
import types

FIRST_COMPLETED = 'FIRST_COMPLETED'
FIRST_EXCEPTION = 'FIRST_EXCEPTION'
ALL_COMPLETED = 'ALL_COMPLETED'
_AS_COMPLETED = '_AS_COMPLETED'

PENDING = 'PENDING'
RUNNING = 'RUNNING'
CANCELLED = 'CANCELLED'                               # by the user
CANCELLED_AND_NOTIFIED = 'CANCELLED_AND_NOTIFIED'     # and those who wait for it know
FINISHED = 'FINISHED'

_STATE_TO_DESCRIPTION_MAP = {PENDING: 'pending', RUNNING: 'running', CANCELLED: 'cancelled',
                             CANCELLED_AND_NOTIFIED: 'cancelled', FINISHED: 'finished'}
_CANCELLED_STATES = (CANCELLED, CANCELLED_AND_NOTIFIED)
_DONE_STATES = (CANCELLED, CANCELLED_AND_NOTIFIED, FINISHED)
_NOTIFIED_STATES = (CANCELLED_AND_NOTIFIED, FINISHED)

LOGGER = logging.getLogger('concurrent.futures')


class Error(Exception):
    """Base class for all future-related exceptions."""


class CancelledError(Error):
    """The Future was cancelled."""


TimeoutError = TimeoutError  # the builtin one, also under this module's name


class InvalidStateError(Error):
    """The operation is not allowed in this state."""


class BrokenExecutor(RuntimeError):
    """
    Raised when a executor has become non-functional after a severe failure.
    """


class _Waiter:
    """What wait() and as_completed() block on. Futures call its add_ methods as they end.

    `needed` is how many must end before the event is set; an exception may set it at once.
    """

    def __init__(self, needed, stop_on_exception=False):
        self.event = threading.Event()
        self.lock = threading.Lock()
        self.finished_futures = []
        self.needed = needed
        self.stop_on_exception = stop_on_exception

    def add_result(self, future):
        with self.lock:
            self.finished_futures.append(future)
            self.needed -= 1
            if self.needed <= 0:
                self.event.set()

    add_cancelled = add_result

    def add_exception(self, future):
        self.add_result(future)
        if self.stop_on_exception:
            self.event.set()

    def take(self):
        """The futures that have ended since the last call."""
        with self.lock:
            finished, self.finished_futures = self.finished_futures, []
            self.event.clear()
        return finished


class _AcquireFutures:
    """Holds the conditions of several futures, taken in one order by everybody."""

    def __init__(self, futures):
        self.futures = sorted(futures, key=id)

    def __enter__(self):
        for future in self.futures:
            future._condition.acquire()

    def __exit__(self, *args):
        for future in self.futures:
            future._condition.release()


def _create_and_install_waiters(fs, return_when):
    if return_when in (_AS_COMPLETED, FIRST_COMPLETED):
        waiter = _Waiter(1)
    elif return_when in (FIRST_EXCEPTION, ALL_COMPLETED):
        waiter = _Waiter(sum(f._state not in _NOTIFIED_STATES for f in fs), return_when == FIRST_EXCEPTION)
    else:
        raise ValueError("Invalid return condition: %r" % return_when)
    for f in fs:
        f._waiters.append(waiter)
    return waiter


def _remove_waiter(future, waiter):
    with future._condition:
        future._waiters.remove(waiter)


def _yield_finished_futures(fs, waiter, ref_collect):
    """Yields the futures of a list from its end, and forgets each before the caller has it."""
    while fs:
        for futures_set in ref_collect:
            futures_set.remove(fs[-1])
        _remove_waiter(fs[-1], waiter)
        yield fs.pop()


def as_completed(fs, timeout=None):
    """An iterator over the given futures that yields each as it completes.

    Futures given more than once are yielded once. TimeoutError if not all of
    them have completed within the timeout in seconds.
    """
    if timeout is not None:
        end_time = timeout + time.monotonic()
    fs = set(fs)
    total_futures = len(fs)
    with _AcquireFutures(fs):
        finished = {f for f in fs if f._state in _NOTIFIED_STATES}
        pending = fs - finished
        waiter = _create_and_install_waiters(fs, _AS_COMPLETED)
    finished = list(finished)
    try:
        yield from _yield_finished_futures(finished, waiter, (fs,))
        while pending:
            remaining = None
            if timeout is not None:
                remaining = end_time - time.monotonic()
                if remaining < 0:
                    raise TimeoutError('%d (of %d) futures unfinished' % (len(pending), total_futures))
            waiter.event.wait(remaining)
            finished = waiter.take()
            finished.reverse()
            yield from _yield_finished_futures(finished, waiter, (fs, pending))
    finally:
        for f in fs:
            _remove_waiter(f, waiter)


DoneAndNotDoneFutures = collections.namedtuple('DoneAndNotDoneFutures', 'done not_done')


def wait(fs, timeout=None, return_when=ALL_COMPLETED):
    """Wait for the futures in the given sequence to complete.

    Gives a named tuple of two sets, done and not_done, when what return_when
    asks for has happened or the timeout in seconds is over.
    """
    fs = set(fs)
    with _AcquireFutures(fs):
        done = {f for f in fs if f._state in _NOTIFIED_STATES}
        not_done = fs - done
        enough = len(done) == len(fs)
        if done and return_when == FIRST_COMPLETED:
            enough = True
        elif done and return_when == FIRST_EXCEPTION:
            enough = enough or any(not f.cancelled() and f.exception() is not None for f in done)
        if enough:
            return DoneAndNotDoneFutures(done, not_done)
        waiter = _create_and_install_waiters(fs, return_when)
    waiter.event.wait(timeout)
    for f in fs:
        _remove_waiter(f, waiter)
    done.update(waiter.finished_futures)
    return DoneAndNotDoneFutures(done, fs - done)


def _result_or_cancel(fut, timeout=None):
    try:
        try:
            return fut.result(timeout)
        finally:
            fut.cancel()
    finally:
        del fut  # the traceback of its exception leads here


class Future:
    """Represents the result of an asynchronous computation."""

    def __init__(self):
        """Initializes the future. Should not be called by clients."""
        self._condition = threading.Condition()
        self._state = PENDING
        self._result = None
        self._exception = None
        self._waiters = []
        self._done_callbacks = []

    def _call(self, callback):
        try:
            callback(self)
        except Exception:
            LOGGER.exception('exception calling callback for %r', self)

    def _invoke_callbacks(self):
        for callback in self._done_callbacks:
            self._call(callback)

    def __repr__(self):
        with self._condition:
            text = '<%s at %#x state=%s' % (self.__class__.__name__, id(self), _STATE_TO_DESCRIPTION_MAP[self._state])
            if self._state != FINISHED:
                return text + '>'
            if self._exception:
                return '%s raised %s>' % (text, self._exception.__class__.__name__)
            return '%s returned %s>' % (text, self._result.__class__.__name__)

    def cancel(self):
        """Cancel the future if possible: True unless it is running or has completed."""
        with self._condition:
            if self._state in (RUNNING, FINISHED):
                return False
            if self._state in _CANCELLED_STATES:
                return True
            self._state = CANCELLED
            self._condition.notify_all()
        self._invoke_callbacks()
        return True

    def cancelled(self):
        """Return True if the future was cancelled."""
        with self._condition:
            return self._state in _CANCELLED_STATES

    def running(self):
        """Return True if the future is currently executing."""
        with self._condition:
            return self._state == RUNNING

    def done(self):
        """Return True if the future was cancelled or finished executing."""
        with self._condition:
            return self._state in _DONE_STATES

    def add_done_callback(self, fn):
        """Calls fn(future) when the future ends, in the thread that ends it; at once if it has ended."""
        with self._condition:
            if self._state not in _DONE_STATES:
                self._done_callbacks.append(fn)
                return
        self._call(fn)

    def _wait_until_done(self, timeout):
        """With the condition held."""
        if self._state not in _DONE_STATES:
            self._condition.wait(timeout)
        if self._state in _CANCELLED_STATES:
            raise CancelledError()
        if self._state != FINISHED:
            raise TimeoutError()

    def result(self, timeout=None):
        """Return the result of the call that the future represents, or raise its exception.

        CancelledError if it was cancelled, TimeoutError if it has not ended
        within the timeout in seconds.
        """
        try:
            with self._condition:
                self._wait_until_done(timeout)
                if self._exception:
                    raise self._exception
                return self._result
        finally:
            self = None  # the traceback of its exception leads here

    def exception(self, timeout=None):
        """Return the exception raised by the call that the future represents, or None.

        CancelledError and TimeoutError as for result().
        """
        with self._condition:
            self._wait_until_done(timeout)
            return self._exception

    # What executors call.

    def set_running_or_notify_cancel(self):
        """Mark the future as running: True. If it was cancelled, tell those who wait for it: False."""
        with self._condition:
            if self._state == CANCELLED:
                self._state = CANCELLED_AND_NOTIFIED
                for waiter in self._waiters:
                    waiter.add_cancelled(self)
                return False
            if self._state == PENDING:
                self._state = RUNNING
                return True
            LOGGER.critical('Future %s in unexpected state: %s', id(self), self._state)
            raise RuntimeError('Future in unexpected state')

    def _check_not_done(self):
        if self._state in _DONE_STATES:
            raise InvalidStateError('{}: {!r}'.format(self._state, self))

    def set_result(self, result):
        """Sets the return value of work associated with the future."""
        with self._condition:
            self._check_not_done()
            self._result = result
            self._state = FINISHED
            for waiter in self._waiters:
                waiter.add_result(self)
            self._condition.notify_all()
        self._invoke_callbacks()

    def set_exception(self, exception):
        """Sets the result of the future as being the given exception."""
        with self._condition:
            self._check_not_done()
            self._exception = exception
            self._state = FINISHED
            for waiter in self._waiters:
                waiter.add_exception(self)
            self._condition.notify_all()
        self._invoke_callbacks()

    __class_getitem__ = classmethod(types.GenericAlias)


class Executor:
    """This is an abstract base class for concrete asynchronous executors."""

    def submit(self, fn, /, *args, **kwargs):
        """Schedules fn(*args, **kwargs) and returns a Future for it."""
        raise NotImplementedError()

    def map(self, fn, *iterables, timeout=None, chunksize=1):
        """Returns an iterator equivalent to map(fn, *iterables); the calls may be evaluated out-of-order.

        TimeoutError if not all results are there within the timeout in seconds.
        """
        if timeout is not None:
            end_time = timeout + time.monotonic()
        fs = [self.submit(fn, *args) for args in zip(*iterables)]

        # A generator of its own: the calls are submitted at once, not with the first next().
        def result_iterator():
            try:
                fs.reverse()
                while fs:
                    if timeout is None:
                        yield _result_or_cancel(fs.pop())
                    else:
                        yield _result_or_cancel(fs.pop(), end_time - time.monotonic())
            finally:
                for future in fs:
                    future.cancel()
        return result_iterator()

    def shutdown(self, wait=True, *, cancel_futures=False):
        """Clean-up the resources associated with the Executor.

        With wait, returns when all running futures have ended; with
        cancel_futures, those that have not started are cancelled.
        """

    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc_val, exc_tb):
        self.shutdown(wait=True)
        return False
