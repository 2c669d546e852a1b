# Interfaces of loops and policies, and the access to the current ones.
import sys

import _asyncio
from _asyncio import (
    Handle, TimerHandle, _get_running_loop, _set_running_loop, get_event_loop, get_running_loop,
)

__all__ = ('AbstractEventLoopPolicy', 'AbstractEventLoop', 'AbstractServer', 'Handle', 'TimerHandle',
           'get_event_loop_policy', 'set_event_loop_policy', 'get_event_loop', 'set_event_loop', 'new_event_loop',
           'get_child_watcher', 'set_child_watcher', '_set_running_loop', 'get_running_loop', '_get_running_loop')


class AbstractServer:
    """What create_server() gives."""

    async def __aenter__(self):
        return self

    async def __aexit__(self, *exc):
        self.close()
        await self.wait_closed()


class AbstractEventLoop:
    """What every loop can do."""


class AbstractEventLoopPolicy:
    """How loops are made and found."""


def _declare(cls, plain, coroutines=''):
    # Gives cls methods that have to be overridden.
    def make(name, is_coroutine):
        if is_coroutine:
            async def method(self, *args, **kwargs):
                raise NotImplementedError
        else:
            def method(self, *args, **kwargs):
                raise NotImplementedError
        method.__name__ = name
        method.__qualname__ = f'{cls.__name__}.{name}'
        setattr(cls, name, method)

    for name in plain.split():
        make(name, False)
    for name in coroutines.split():
        make(name, True)


_declare(AbstractServer, 'close close_clients abort_clients get_loop is_serving', 'start_serving serve_forever wait_closed')
_declare(AbstractEventLoop,
         'run_forever run_until_complete stop is_running is_closed close _timer_handle_cancelled call_soon call_later '
         'call_at time create_future create_task call_soon_threadsafe run_in_executor set_default_executor add_reader '
         'remove_reader add_writer remove_writer add_signal_handler remove_signal_handler set_task_factory '
         'get_task_factory get_exception_handler set_exception_handler default_exception_handler '
         'call_exception_handler get_debug set_debug',
         'shutdown_asyncgens shutdown_default_executor getaddrinfo getnameinfo create_connection create_server sendfile '
         'start_tls create_unix_connection create_unix_server connect_accepted_socket create_datagram_endpoint '
         'connect_read_pipe connect_write_pipe subprocess_shell subprocess_exec sock_recv sock_recv_into sock_recvfrom '
         'sock_recvfrom_into sock_sendall sock_sendto sock_connect sock_accept sock_sendfile')
_declare(AbstractEventLoopPolicy, 'get_event_loop set_event_loop new_event_loop get_child_watcher set_child_watcher')


class _ThreadState:
    loop = None
    set_called = False


class BaseDefaultEventLoopPolicy(AbstractEventLoopPolicy):
    """One loop per thread, made by itself in the main thread only."""
    _loop_factory = None

    def __init__(self):
        self._threads = _asyncio._keep({})   # outlives the modules, as what a thread holds does

    @property
    def _local(self):
        thread = _get_ident()
        state = self._threads.get(thread)
        if state is None:
            state = self._threads[thread] = _ThreadState()
        return state

    def get_event_loop(self):
        state = self._local
        if state.loop is None and not state.set_called and _in_main_thread():
            level, frame = 2, sys._getframe(1)
            while frame:
                module = frame.f_globals.get('__name__')
                if not (module == 'asyncio' or module.startswith('asyncio.')):
                    break
                frame = frame.f_back
                level += 1
            import warnings
            warnings.warn('There is no current event loop', DeprecationWarning, stacklevel=level)
            self.set_event_loop(self.new_event_loop())
        if state.loop is None:
            raise RuntimeError(f'There is no current event loop in thread {_thread_name()!r}.')
        return state.loop

    def set_event_loop(self, loop):
        state = self._local
        state.set_called = True
        if loop is not None and not isinstance(loop, AbstractEventLoop):
            raise TypeError(f"loop must be an instance of AbstractEventLoop or None, not '{type(loop).__name__}'")
        state.loop = loop

    def new_event_loop(self):
        return self._loop_factory()


try:
    from _thread import get_ident as _get_ident, _get_main_thread_ident
except ImportError:
    from _asyncio import _get_ident
    _get_main_thread_ident = _get_ident


def _in_main_thread():
    return _get_ident() == _get_main_thread_ident()


def _thread_name():
    if _in_main_thread() and 'threading' not in sys.modules:
        return 'MainThread'
    import threading
    return threading.current_thread().name


_event_loop_policy = None


def get_event_loop_policy():
    """The policy; the default one is made when first asked for."""
    global _event_loop_policy
    if _event_loop_policy is None:
        from .unix_events import DefaultEventLoopPolicy
        _event_loop_policy = DefaultEventLoopPolicy()
    return _event_loop_policy


def set_event_loop_policy(policy):
    """Sets the policy; None: the default one."""
    global _event_loop_policy
    if policy is not None and not isinstance(policy, AbstractEventLoopPolicy):
        raise TypeError(f"policy must be an instance of AbstractEventLoopPolicy or None, not '{type(policy).__name__}'")
    _event_loop_policy = policy


def set_event_loop(loop):
    """Makes loop the policy's current one."""
    get_event_loop_policy().set_event_loop(loop)


def new_event_loop():
    """A new loop, made by the policy."""
    return get_event_loop_policy().new_event_loop()


def get_child_watcher():
    """The policy's watcher of child processes."""
    return get_event_loop_policy().get_child_watcher()


def set_child_watcher(watcher):
    """Sets the policy's watcher of child processes."""
    return get_event_loop_policy().set_child_watcher(watcher)
