# Futures (native) and how two of them are tied together.
import _asyncio
from _asyncio import Future

from . import events
from .exceptions import CancelledError, InvalidStateError

__all__ = ('Future', 'wrap_future', 'isfuture')

_PENDING = 'PENDING'
_CANCELLED = 'CANCELLED'
_FINISHED = 'FINISHED'
STACK_DEBUG = 9
_CFuture = Future


def isfuture(obj):
    """Tells whether obj is a Future, or says of itself that it can be used as one."""
    return hasattr(obj.__class__, '_asyncio_future_blocking') and obj._asyncio_future_blocking is not None


def _get_loop(fut):
    # get_loop() is younger than futures of some libraries.
    try:
        get_loop = fut.get_loop
    except AttributeError:
        return fut._loop
    return get_loop()


def _set_result_unless_cancelled(fut, result):
    if not fut.cancelled():
        fut.set_result(result)


def _convert_future_exc(exc):
    from concurrent import futures
    for foreign, own in ((futures.CancelledError, CancelledError), (futures.InvalidStateError, InvalidStateError)):
        if type(exc) is foreign:
            return own(*exc.args).with_traceback(exc.__traceback__)
    return exc


def _copy_outcome(source, target):
    error = source.exception()
    if error is None:
        target.set_result(source.result())
    else:
        target.set_exception(_convert_future_exc(error))


def _set_concurrent_future_state(concurrent, source):
    assert source.done()
    if source.cancelled():
        concurrent.cancel()
    if concurrent.set_running_or_notify_cancel():
        _copy_outcome(source, concurrent)


def _copy_future_state(source, dest):
    assert source.done()
    if dest.cancelled():
        return
    assert not dest.done()
    if source.cancelled():
        dest.cancel()
    else:
        _copy_outcome(source, dest)


def _loop_of(future, role):
    if isfuture(future):
        return _get_loop(future)
    from concurrent.futures import Future as ConcurrentFuture
    if not isinstance(future, ConcurrentFuture):
        raise TypeError(f'A future is required for {role} argument')
    return None


def _chain_future(source, destination):
    """Makes destination end as source does, and cancels source when destination is cancelled."""
    source_loop = _loop_of(source, 'source')
    dest_loop = _loop_of(destination, 'destination')

    def _set_state(future, other):
        if isfuture(future):
            _copy_future_state(other, future)
        else:
            _set_concurrent_future_state(future, other)

    def _call_check_cancel(destination):
        if destination.cancelled():
            if source_loop is None or source_loop is dest_loop:
                source.cancel()
            else:
                source_loop.call_soon_threadsafe(source.cancel)

    def _call_set_state(source):
        if destination.cancelled() and dest_loop is not None and dest_loop.is_closed():
            return
        if dest_loop is None or dest_loop is source_loop:
            _set_state(destination, source)
        elif not dest_loop.is_closed():
            dest_loop.call_soon_threadsafe(_set_state, destination, source)

    destination.add_done_callback(_call_check_cancel)
    source.add_done_callback(_call_set_state)


def wrap_future(future, *, loop=None):
    """An asyncio Future that ends as the given concurrent.futures.Future does."""
    if isfuture(future):
        return future
    from concurrent.futures import Future as ConcurrentFuture
    assert isinstance(future, ConcurrentFuture), f'concurrent.futures.Future is expected, got {future!r}'
    if loop is None:
        loop = events.get_event_loop()
    wrapper = loop.create_future()
    _chain_future(future, wrapper)
    return wrapper
