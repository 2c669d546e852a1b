# timeout(): a block that is cancelled at a deadline.
from _asyncio import _accelerate_timeout

from . import events
from . import exceptions
from . import tasks

__all__ = ('Timeout', 'timeout', 'timeout_at')

_CREATED, _ENTERED, _EXPIRING, _EXPIRED, _EXITED = 'created', 'active', 'expiring', 'expired', 'finished'


class Timeout:
    """The block's state; made by timeout() and timeout_at()."""

    def __init__(self, when):
        self._state = _CREATED
        self._timeout_handler = None
        self._task = None
        self._when = when

    def when(self):
        """The deadline in the loop's time, or None."""
        return self._when

    def reschedule(self, when):
        """Sets another deadline; None: none."""
        if self._state is not _ENTERED:
            if self._state is _CREATED:
                raise RuntimeError('Timeout has not been entered')
            raise RuntimeError(f'Cannot change state of {self._state} Timeout')
        self._when = when
        if self._timeout_handler is not None:
            self._timeout_handler.cancel()
        if when is None:
            self._timeout_handler = None
            return
        loop = events.get_running_loop()
        if when <= loop.time():
            self._timeout_handler = loop.call_soon(self._on_timeout)
        else:
            self._timeout_handler = loop.call_at(when, self._on_timeout)

    def expired(self):
        """Tells whether the deadline has passed within the block."""
        return self._state is _EXPIRING or self._state is _EXPIRED

    def __repr__(self):
        info = ''
        if self._state is _ENTERED:
            info = f' when={None if self._when is None else round(self._when, 3)}'
        return f'<Timeout [{self._state}]{info}>'

    async def __aenter__(self):
        if self._state is not _CREATED:
            raise RuntimeError('Timeout has already been entered')
        task = tasks.current_task()
        if task is None:
            raise RuntimeError('Timeout should be used inside a task')
        self._state = _ENTERED
        self._task = task
        self._cancelling = task.cancelling()
        self.reschedule(self._when)
        return self

    async def __aexit__(self, exc_type, exc_val, exc_tb):
        if self._timeout_handler is not None:
            self._timeout_handler.cancel()
            self._timeout_handler = None
        if self._state is _ENTERED:
            self._state = _EXITED
        elif self._state is _EXPIRING:
            self._state = _EXPIRED
            # Only if nobody else asked for a cancellation meanwhile is it the timeout's own.
            if self._task.uncancel() <= self._cancelling and exc_type is not None:
                if issubclass(exc_type, exceptions.CancelledError):
                    raise TimeoutError from exc_val
                if exc_val is not None:
                    self._insert_timeout_error(exc_val)
                    if isinstance(exc_val, ExceptionGroup):
                        for error in exc_val.exceptions:
                            self._insert_timeout_error(error)
        return None

    def _on_timeout(self):
        self._task.cancel()
        self._state = _EXPIRING
        self._timeout_handler = None

    @staticmethod
    def _insert_timeout_error(error):
        # Before the first CancelledError of the chain of contexts.
        while (context := error.__context__) is not None:
            if isinstance(context, exceptions.CancelledError):
                added = TimeoutError()
                added.__context__ = added.__cause__ = context
                error.__context__ = added
                return
            error = context


def timeout(delay):
    """async with timeout(delay): the block is cancelled after `delay` seconds (None: never) and raises TimeoutError."""
    loop = events.get_running_loop()
    return Timeout(None if delay is None else loop.time() + delay)


def timeout_at(when):
    """As timeout(), at a time of the loop's clock."""
    return Timeout(when)


_accelerate_timeout(Timeout)
