# asyncio: the package. Its submodules are loaded when one of their names is first asked for, so that a program pays
# for what it uses.
_names = {
    'base_events': 'BaseEventLoop',
    'coroutines': 'iscoroutinefunction iscoroutine',
    'events': 'AbstractEventLoopPolicy AbstractEventLoop AbstractServer Handle TimerHandle get_event_loop_policy '
              'set_event_loop_policy get_event_loop set_event_loop new_event_loop get_child_watcher '
              'set_child_watcher _set_running_loop get_running_loop _get_running_loop',
    'exceptions': 'BrokenBarrierError CancelledError InvalidStateError TimeoutError IncompleteReadError '
                  'LimitOverrunError SendfileNotAvailableError',
    'futures': 'Future wrap_future isfuture',
    'locks': 'Lock Event Condition Semaphore BoundedSemaphore Barrier',
    'protocols': 'BaseProtocol Protocol DatagramProtocol SubprocessProtocol BufferedProtocol',
    'runners': 'Runner run',
    'queues': 'Queue PriorityQueue LifoQueue QueueFull QueueEmpty QueueShutDown',
    'streams': 'StreamReader StreamWriter StreamReaderProtocol open_connection start_server open_unix_connection '
               'start_unix_server',
    'tasks': 'Task create_task FIRST_COMPLETED FIRST_EXCEPTION ALL_COMPLETED wait wait_for as_completed sleep gather '
             'shield ensure_future run_coroutine_threadsafe current_task all_tasks create_eager_task_factory '
             'eager_task_factory _register_task _unregister_task _enter_task _leave_task',
    'taskgroups': 'TaskGroup',
    'threads': 'to_thread',
    'timeouts': 'Timeout timeout timeout_at',
    'transports': 'BaseTransport ReadTransport WriteTransport Transport DatagramTransport SubprocessTransport',
    'unix_events': 'SelectorEventLoop DefaultEventLoopPolicy EventLoop',
}
_modules = frozenset(_names) | {'base_futures', 'base_tasks', 'constants', 'format_helpers', 'log', 'mixins', 'selector_events'}
_home = {name: module for module, names in _names.items() for name in names.split()}
__all__ = tuple(_home)


def _load(module):
    import sys
    full = 'asyncio.' + module
    __import__(full)
    return sys.modules[full]


def __getattr__(name):
    if name in _home:
        value = globals()[name] = getattr(_load(_home[name]), name)
        return value
    if name in _modules:
        return _load(name)
    if name == 'sys':
        import sys
        return sys
    raise AttributeError(f"module 'asyncio' has no attribute {name!r}")


def __dir__():
    return sorted({*globals(), *_home, *_modules, 'sys'})
