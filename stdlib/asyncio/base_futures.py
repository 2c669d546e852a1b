# What futures look like, and what counts as one.
import reprlib

from . import format_helpers

__all__ = ()

_PENDING = 'PENDING'
_CANCELLED = 'CANCELLED'
_FINISHED = 'FINISHED'


def isfuture(obj):
    """Tells whether obj is a Future, or says of itself that it can be used as one."""
    return hasattr(obj.__class__, '_asyncio_future_blocking') and obj._asyncio_future_blocking is not None


def _format_callbacks(callbacks):
    shown = [format_helpers._format_callback_source(callback, ()) for callback, _ in (*callbacks[:1], *callbacks[1:][-1:])]
    if len(callbacks) > 2:
        shown.insert(1, f'<{len(callbacks) - 2} more>')
    return f"cb=[{', '.join(shown)}]"


def _future_repr_info(future):
    state = future._state
    info = [state.lower()]
    if state == _FINISHED:
        error = future._exception
        if error is not None:
            info.append(f'exception={error!r}')
        else:
            info.append(f'result={reprlib.repr(future._result)}')
    callbacks = future._callbacks
    if callbacks:
        info.append(_format_callbacks(callbacks))
    stack = future._source_traceback
    if stack:
        file, line = stack[-1][:2]
        info.append(f'created at {file}:{line}')
    return info


@reprlib.recursive_repr()
def _future_repr(future):
    return f"<{future.__class__.__name__} {' '.join(_future_repr_info(future))}>"
