# What counts as a coroutine, and how one is shown.
import sys

__all__ = 'iscoroutinefunction', 'iscoroutine'


async def _sample():
    pass

_made = _sample()
_made.close()
_coroutine_type = type(_made)
del _made, _sample
_is_coroutine = object()   # marks functions that give coroutines without being `async def`


def _is_debug_mode():
    flags = sys.flags
    if flags.dev_mode:
        return True
    if flags.ignore_environment:
        return False
    import _asyncio
    return bool(_asyncio._environment('PYTHONASYNCIODEBUG'))


def iscoroutinefunction(func):
    """Tells whether func is a coroutine function."""
    import inspect
    return inspect.iscoroutinefunction(func) or getattr(func, '_is_coroutine', None) is _is_coroutine


def iscoroutine(obj):
    """Tells whether obj is a coroutine, or behaves as one."""
    kind = type(obj)
    if kind is _coroutine_type:
        return True
    # What has none of these methods is no Coroutine of collections.abc, whatever its __class__ says.
    if not hasattr(obj, 'send'):
        return False
    from _collections_abc import Coroutine
    return isinstance(obj, Coroutine)


def _is_awaitable(obj):
    if type(obj) is _coroutine_type or hasattr(type(obj), '__await__'):
        return True
    import inspect
    return inspect.isawaitable(obj)


def _first_of(obj, *names):
    for name in names:
        value = getattr(obj, name, None)
        if value:
            return value
    return None


def _format_coroutine(coro):
    name = _first_of(coro, '__qualname__', '__name__') or f'<{type(coro).__name__} without __name__>'
    name += '()'
    code = _first_of(coro, 'cr_code', 'gi_code')
    if code is None:
        running = getattr(coro, 'cr_running', getattr(coro, 'gi_running', False))
        return f'{name} running' if running else name
    file = code.co_filename or '<empty co_filename>'
    frame = _first_of(coro, 'gi_frame', 'cr_frame')
    if frame is not None:
        return f'{name} running at {file}:{frame.f_lineno}'
    return f'{name} done, defined at {file}:{code.co_firstlineno}'
