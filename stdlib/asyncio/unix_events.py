# The loop and policy of Unix: signals.
import sys

from . import coroutines
from . import events
from . import selector_events

__all__ = ('SelectorEventLoop', 'DefaultEventLoopPolicy', 'EventLoop')


class _UnixSelectorEventLoop(selector_events.BaseSelectorEventLoop):
    def __init__(self, selector=None):
        super().__init__(selector)
        self._signal_handlers = {}

    def close(self):
        super().close()
        if not self._signal_handlers:
            return
        if sys.is_finalizing():
            import warnings
            warnings.warn(f'Closing the loop {self!r} on interpreter shutdown stage, skipping signal handlers removal',
                          ResourceWarning, source=self)
            self._signal_handlers.clear()
        else:
            for sig in list(self._signal_handlers):
                self.remove_signal_handler(sig)

    def add_signal_handler(self, sig, callback, *args):
        """Calls callback(*args) in the loop when the signal comes."""
        if coroutines.iscoroutine(callback) or coroutines.iscoroutinefunction(callback):
            raise TypeError('coroutines cannot be used with add_signal_handler()')
        self._check_signal(sig)
        self._check_closed()
        if not events._in_main_thread():
            raise RuntimeError('set_wakeup_fd only works in main thread of the main interpreter')
        import signal
        self._signal_handlers[sig] = events.Handle(callback, args, self, None)
        try:
            signal.signal(sig, self._on_signal)
        except ValueError as error:   # not in the main thread
            del self._signal_handlers[sig]
            raise RuntimeError(str(error))
        except OSError as error:
            del self._signal_handlers[sig]
            self._refuse(sig, error)

    def _on_signal(self, signum, frame):
        self._handle_signal(signum)

    def _handle_signal(self, sig):
        handle = self._signal_handlers.get(sig)
        if handle is None:
            return
        if handle._cancelled:
            self.remove_signal_handler(sig)
        else:
            self._add_callback_signalsafe(handle)

    def remove_signal_handler(self, sig):
        """Ends add_signal_handler(); tells whether there was one."""
        self._check_signal(sig)
        if self._signal_handlers.pop(sig, None) is None:
            return False
        import signal
        try:
            signal.signal(sig, signal.default_int_handler if sig == signal.SIGINT else signal.SIG_DFL)
        except OSError as error:
            self._refuse(sig, error)
        return True

    @staticmethod
    def _refuse(sig, error):
        import errno
        if error.errno == errno.EINVAL:
            raise RuntimeError(f'sig {sig} cannot be caught')
        raise error

    def _check_signal(self, sig):
        import signal
        if not isinstance(sig, int):
            raise TypeError(f'sig must be an int, not {sig!r}')
        if sig not in signal.valid_signals():
            raise ValueError(f'invalid signal number {sig}')


class _UnixDefaultEventLoopPolicy(events.BaseDefaultEventLoopPolicy):
    _loop_factory = _UnixSelectorEventLoop


SelectorEventLoop = _UnixSelectorEventLoop
DefaultEventLoopPolicy = _UnixDefaultEventLoopPolicy
EventLoop = SelectorEventLoop
