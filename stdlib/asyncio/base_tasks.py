# What tasks look like, and their stacks.
import reprlib

from . import base_futures
from . import coroutines


def _task_repr_info(task):
    state, *rest = base_futures._future_repr_info(task)
    if task.cancelling() and not task.done():
        state = 'cancelling'
    info = [state, f'name={task.get_name()!r}']
    if task._coro:
        info.append(f'coro=<{coroutines._format_coroutine(task._coro)}>')
    if task._fut_waiter is not None:
        info.append(f'wait_for={task._fut_waiter!r}')
    return info + rest


@reprlib.recursive_repr()
def _task_repr(task):
    return f"<{task.__class__.__name__} {' '.join(_task_repr_info(task))}>"


def _coroutine_frame(coro):
    for name in ('cr_frame', 'gi_frame', 'ag_frame'):
        if hasattr(coro, name):
            return getattr(coro, name)
    return None


def _take(first, following, limit):
    frames = []
    while first is not None and (limit is None or len(frames) < limit):
        frames.append(first)
        first = getattr(first, following)
    return frames


def _task_get_stack(task, limit):
    frame = _coroutine_frame(task._coro)
    if frame is not None:
        return _take(frame, 'f_back', limit)[::-1]
    if task._exception is None:
        return []
    return [entry.tb_frame for entry in _take(task._exception.__traceback__, 'tb_next', limit)]


def _task_print_stack(task, limit, file):
    import linecache
    import traceback
    entries = []
    checked = set()
    for frame in task.get_stack(limit=limit):
        code = frame.f_code
        name = code.co_filename
        if name not in checked:
            checked.add(name)
            linecache.checkcache(name)
        entries.append((name, frame.f_lineno, code.co_name, linecache.getline(name, frame.f_lineno, frame.f_globals)))
    error = task._exception
    if entries:
        kind = 'Stack' if error is None else 'Traceback'
        print(f'{kind} for {task!r} (most recent call last):', file=file)
    else:
        print(f'No stack for {task!r}', file=file)
    traceback.print_list(entries, file=file)
    if error is not None:
        for line in traceback.format_exception_only(error.__class__, error):
            print(line, file=file, end='')
