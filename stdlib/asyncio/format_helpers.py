# Texts about callbacks, and where things were made (debug mode).
import sys

from . import constants


_function_type = type(lambda: None)


def _partial_types():
    # Without functools there are no partials; it is not loaded for the sake of a report.
    functools = (getattr(sys, 'modules', None) or {}).get('functools')
    return () if functools is None else (functools.partial, functools.partialmethod)


def _unwrap(func):
    seen = {id(func)}
    while not isinstance(func, type) and hasattr(func, '__wrapped__'):
        func = func.__wrapped__
        if id(func) in seen:
            raise ValueError(f'wrapper loop when unwrapping {func!r}')
        seen.add(id(func))
    return func


def _get_function_source(func):
    func = _unwrap(func)
    while not isinstance(func, _function_type):
        if not isinstance(func, _partial_types()):
            return None
        func = _unwrap(func.func)
    return func.__code__.co_filename, func.__code__.co_firstlineno


def _format_callback_source(func, args, *, debug=False):
    text = _format_callback(func, args, None, debug=debug)
    source = _get_function_source(func)
    return f'{text} at {source[0]}:{source[1]}' if source else text


def _format_args_and_kwargs(args, kwargs, *, debug=False):
    # Arguments may be secrets: shown in debug mode only.
    if not debug:
        return '()'
    import reprlib
    parts = [reprlib.repr(arg) for arg in args or ()]
    parts += [f'{name}={reprlib.repr(value)}' for name, value in (kwargs or {}).items()]
    return f"({', '.join(parts)})"


def _format_callback(func, args, kwargs, *, debug=False, suffix=''):
    partial = _partial_types()[:1]
    while isinstance(func, partial):
        suffix = _format_args_and_kwargs(args, kwargs, debug=debug) + suffix
        func, args, kwargs = func.func, func.args, func.keywords
    name = getattr(func, '__qualname__', None) or getattr(func, '__name__', None) or repr(func)
    return name + _format_args_and_kwargs(args, kwargs, debug=debug) + suffix


def extract_stack(f=None, limit=None):
    """The stack at frame f as a StackSummary, outermost first, without source lines."""
    import traceback
    if f is None:
        f = sys._getframe().f_back
    if limit is None:
        limit = constants.DEBUG_STACK_DEPTH
    stack = traceback.StackSummary.extract(traceback.walk_stack(f), limit=limit, lookup_lines=False)
    stack.reverse()
    return stack
