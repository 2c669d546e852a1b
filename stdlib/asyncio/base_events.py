# BaseEventLoop: the loop without its input and output. The ready queue, timers and the iteration are native.
import sys

import _asyncio
from _asyncio import _LoopCore

from . import coroutines
from . import events
from . import futures
from . import tasks

__all__ = ('BaseEventLoop',)

MAXIMUM_SELECT_TIMEOUT = 24 * 3600


def _logger():
    # A script may have put its own in its place: base_events.logger = ...
    own = globals().get('logger')
    if own is not None:
        return own
    from .log import logger
    return logger


# ---- what native code calls

def _format_handle(handle):
    owner = getattr(handle._callback, '__self__', None)
    return repr(owner) if isinstance(owner, tasks.Task) else str(handle)


def _report_callback_error(loop, handle, exc):
    from .format_helpers import _format_callback_source
    context = {
        'message': f'Exception in callback {_format_callback_source(handle._callback, handle._args, debug=loop.get_debug())}',
        'exception': exc,
        'handle': handle,
    }
    if handle._source_traceback:
        context['source_traceback'] = handle._source_traceback
    loop.call_exception_handler(context)


def _run_handle_in_debug_mode(loop, handle):
    try:
        loop._current_handle = handle
        start = loop.time()
        handle._run()
        taken = loop.time() - start
        if taken >= loop.slow_callback_duration:
            _logger().warning('Executing %s took %.3f seconds', _format_handle(handle), taken)
    finally:
        loop._current_handle = None


def _check_in_debug_mode(loop, callback, name, check_thread):
    if check_thread:
        loop._check_thread()
    loop._check_callback(callback, name)


def _create_task_with_factory(loop, coro, name, context):
    factory = loop._task_factory
    # A factory of a script may know no context.
    task = factory(loop, coro) if context is None else factory(loop, coro, context=context)
    task.set_name(name)
    return task


def _run_until_complete_cb(fut):
    if not fut.cancelled() and isinstance(fut.exception(), (SystemExit, KeyboardInterrupt)):
        return   # the loop has been left already: a stop would hit the next run
    futures._get_loop(fut).stop()


class BaseEventLoop(_LoopCore, events.AbstractEventLoop):
    def __init__(self):
        self._default_executor = None
        self._exception_handler = None
        self._old_agen_hooks = None
        self._current_handle = None
        self._coroutine_origin_tracking_enabled = False
        self._coroutine_origin_tracking_saved_depth = None
        self._asyncgens = None   # a WeakSet once one is iterated
        self._asyncgens_shutdown_called = False
        self._executor_shutdown_called = False
        self.set_debug(coroutines._is_debug_mode())

    def __repr__(self):
        return (f'<{self.__class__.__name__} running={self.is_running()} '
                f'closed={self.is_closed()} debug={self.get_debug()}>')

    def __del__(self):
        if not self.is_closed():
            import warnings
            warnings.warn(f'unclosed event loop {self!r}', ResourceWarning, source=self)
            if not self.is_running():
                self.close()

    # ---- tasks and executors

    def set_task_factory(self, factory):
        """Sets what makes the tasks: factory(loop, coro, context=...), or None."""
        if factory is not None and not callable(factory):
            raise TypeError('task factory must be a callable or None')
        self._task_factory = factory

    def get_task_factory(self):
        """What makes the tasks, or None."""
        return self._task_factory

    def run_in_executor(self, executor, func, *args):
        """Calls func(*args) in an executor (None: a thread pool of the loop's own); gives a future."""
        self._check_closed()
        if self._debug:
            self._check_callback(func, 'run_in_executor')
        if executor is None:
            executor = self._default_executor
            if self._executor_shutdown_called:
                raise RuntimeError('Executor shutdown has been called')
            if executor is None:
                from concurrent.futures import ThreadPoolExecutor
                executor = self._default_executor = ThreadPoolExecutor(thread_name_prefix='asyncio')
        return futures.wrap_future(executor.submit(func, *args), loop=self)

    def set_default_executor(self, executor):
        """Sets the executor that run_in_executor(None, ...) uses."""
        from concurrent.futures import ThreadPoolExecutor
        if not isinstance(executor, ThreadPoolExecutor):
            raise TypeError('executor must be ThreadPoolExecutor instance')
        self._default_executor = executor

    async def shutdown_default_executor(self, timeout=None):
        """Ends the default executor; waits for its threads, at most `timeout` seconds."""
        self._executor_shutdown_called = True
        if self._default_executor is None:
            return
        import threading
        from .timeouts import timeout as limit
        future = self.create_future()
        thread = threading.Thread(target=self._do_shutdown, args=(future,))
        thread.start()
        try:
            async with limit(timeout):
                await future
        except TimeoutError:
            import warnings
            warnings.warn(f'The executor did not finishing joining its threads within {timeout} seconds.',
                          RuntimeWarning, stacklevel=2)
            self._default_executor.shutdown(wait=False)
        else:
            thread.join()

    def _do_shutdown(self, future):
        try:
            self._default_executor.shutdown(wait=True)
            if not self.is_closed():
                self.call_soon_threadsafe(futures._set_result_unless_cancelled, future, None)
        except Exception as error:
            if not self.is_closed() and not future.cancelled():
                self.call_soon_threadsafe(future.set_exception, error)

    # ---- asynchronous generators

    def _asyncgen_finalizer_hook(self, agen):
        if self._asyncgens is not None:
            self._asyncgens.discard(agen)
        if not self.is_closed():
            self.call_soon_threadsafe(self.create_task, agen.aclose())

    def _asyncgen_firstiter_hook(self, agen):
        if self._asyncgens_shutdown_called:
            import warnings
            warnings.warn(f'asynchronous generator {agen!r} was scheduled after loop.shutdown_asyncgens() call',
                          ResourceWarning, source=self)
        if self._asyncgens is None:
            from _weakrefset import WeakSet
            self._asyncgens = WeakSet()
        self._asyncgens.add(agen)

    async def shutdown_asyncgens(self):
        """Closes all asynchronous generators that are still open."""
        self._asyncgens_shutdown_called = True
        if not self._asyncgens:
            return
        closing = list(self._asyncgens)
        self._asyncgens.clear()
        results = await tasks.gather(*[agen.aclose() for agen in closing], return_exceptions=True)
        for result, agen in zip(results, closing):
            if isinstance(result, Exception):
                self.call_exception_handler({
                    'message': f'an error occurred during closing of asynchronous generator {agen!r}',
                    'exception': result,
                    'asyncgen': agen,
                })

    # ---- running

    def _check_running(self):
        if self.is_running():
            raise RuntimeError('This event loop is already running')
        if events._get_running_loop() is not None:
            raise RuntimeError('Cannot run the event loop while another loop is running')

    def _run_forever_setup(self):
        self._check_closed()
        self._check_running()
        self._set_coroutine_origin_tracking(self._debug)
        self._old_agen_hooks = sys.get_asyncgen_hooks()
        self._thread_id = events._get_ident()
        sys.set_asyncgen_hooks(firstiter=self._asyncgen_firstiter_hook, finalizer=self._asyncgen_finalizer_hook)
        events._set_running_loop(self)

    def _run_forever_cleanup(self):
        self._stopping = False
        self._thread_id = None
        events._set_running_loop(None)
        self._set_coroutine_origin_tracking(False)
        if self._old_agen_hooks is not None:
            sys.set_asyncgen_hooks(*self._old_agen_hooks)
            self._old_agen_hooks = None

    def run_forever(self):
        """Runs until stop() is called."""
        self._run_forever_setup()
        try:
            self._run_until_stopped()
        finally:
            self._run_forever_cleanup()

    def run_until_complete(self, future):
        """Runs until the future or coroutine is done; gives its result."""
        self._check_closed()
        self._check_running()
        is_new = not futures.isfuture(future)
        future = tasks.ensure_future(future, loop=self)
        if is_new:
            future._log_destroy_pending = False   # that it is not done is reported below
        future.add_done_callback(_run_until_complete_cb)
        try:
            self.run_forever()
        except:
            if is_new and future.done() and not future.cancelled():
                future.exception()   # nobody else can read it: counts as retrieved
            raise
        finally:
            future.remove_done_callback(_run_until_complete_cb)
        if not future.done():
            raise RuntimeError('Event loop stopped before Future completed.')
        return future.result()

    def close(self):
        """Closes the loop; what is scheduled is dropped."""
        if self.is_running():
            raise RuntimeError('Cannot close a running event loop')
        if self._closed:
            return
        if self._debug:
            _logger().debug('Close %r', self)
        self._closed = True
        self._clear()
        self._executor_shutdown_called = True
        executor, self._default_executor = self._default_executor, None
        if executor is not None:
            executor.shutdown(wait=False)

    def _process_events(self, event_list):
        raise NotImplementedError

    def _wake_selector(self):
        raise NotImplementedError

    # ---- debug mode

    def set_debug(self, enabled):
        """Switches debug mode."""
        self._debug = enabled
        if self.is_running():
            self.call_soon_threadsafe(self._set_coroutine_origin_tracking, enabled)

    def _set_coroutine_origin_tracking(self, enabled):
        if bool(enabled) == bool(self._coroutine_origin_tracking_enabled):
            return
        if enabled:
            from .constants import DEBUG_STACK_DEPTH as depth
            self._coroutine_origin_tracking_saved_depth = sys.get_coroutine_origin_tracking_depth()
        else:
            depth = self._coroutine_origin_tracking_saved_depth
        sys.set_coroutine_origin_tracking_depth(depth)
        self._coroutine_origin_tracking_enabled = enabled

    def _check_callback(self, callback, method):
        if coroutines.iscoroutine(callback) or coroutines.iscoroutinefunction(callback):
            raise TypeError(f'coroutines cannot be used with {method}()')
        if not callable(callback):
            raise TypeError(f'a callable object was expected by {method}(), got {callback!r}')

    def _check_thread(self):
        if self._thread_id is not None and self._thread_id != events._get_ident():
            raise RuntimeError('Non-thread-safe operation invoked on an event loop other than the current one')

    # ---- reports

    def get_exception_handler(self):
        """The handler of errors, or None: the default one."""
        return self._exception_handler

    def set_exception_handler(self, handler):
        """Sets the handler of errors: handler(loop, context), or None."""
        if handler is not None and not callable(handler):
            raise TypeError(f'A callable object or None is expected, got {handler!r}')
        self._exception_handler = handler

    def default_exception_handler(self, context):
        """Logs an error; context: a dict with 'message', perhaps 'exception', and what it is about."""
        message = context.get('message') or 'Unhandled exception in event loop'
        error = context.get('exception')
        exc_info = False if error is None else (type(error), error, error.__traceback__)
        handle = self._current_handle
        if 'source_traceback' not in context and handle is not None and handle._source_traceback:
            context['handle_traceback'] = handle._source_traceback
        lines = [message]
        for key in sorted(context):
            if key == 'message' or key == 'exception':
                continue
            value = context[key]
            if key == 'source_traceback' or key == 'handle_traceback':
                import traceback
                made = 'Object' if key == 'source_traceback' else 'Handle'
                stack = ''.join(traceback.format_list(value)).rstrip()
                lines.append(f'{key}: {made} created at (most recent call last):\n{stack}')
            else:
                lines.append(f'{key}: {value!r}')
        _logger().error('\n'.join(lines), exc_info=exc_info)

    def call_exception_handler(self, context):
        """Hands an error to the handler. context: see default_exception_handler()."""
        if self._exception_handler is None:
            self._handle_safely(context, 'Exception in default exception handler')
            return
        try:
            subject = next((context[key] for key in ('task', 'future', 'handle') if context.get(key) is not None), None)
            where = subject.get_context() if hasattr(subject, 'get_context') else None
            if hasattr(where, 'run'):
                where.run(self._exception_handler, self, context)
            else:
                self._exception_handler(self, context)
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as error:
            self._handle_safely(
                {'message': 'Unhandled error in exception handler', 'exception': error, 'context': context},
                'Exception in default exception handler while handling an unexpected error in custom exception handler')

    def _handle_safely(self, context, complaint):
        try:
            self.default_exception_handler(context)
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException:
            _logger().error(complaint, exc_info=True)

    def _add_callback_signalsafe(self, handle):
        self._add_callback(handle)
        self._write_to_self()


def __getattr__(name):
    if name == 'logger':
        return _logger()
    raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
