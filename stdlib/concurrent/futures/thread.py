"""Implements ThreadPoolExecutor."""

from concurrent.futures import _base
import itertools
import os
import queue
import threading
import types
import weakref

_threads_queues = weakref.WeakKeyDictionary()
_shutdown = False
# Held while _threads_queues or _shutdown change: no worker starts while the program ends.
_global_shutdown_lock = threading.Lock()


def _python_exit():
    global _shutdown
    with _global_shutdown_lock:
        _shutdown = True
    items = list(_threads_queues.items())
    for thread, work in items:
        work.put(None)
    for thread, work in items:
        thread.join()


threading._register_atexit(_python_exit)


class _WorkItem:
    def __init__(self, future, fn, args, kwargs):
        self.future = future
        self.fn = fn
        self.args = args
        self.kwargs = kwargs

    def run(self):
        if not self.future.set_running_or_notify_cancel():
            return
        try:
            result = self.fn(*self.args, **self.kwargs)
        except BaseException as exc:
            self.future.set_exception(exc)
            self = None  # the exception's traceback leads here
        else:
            self.future.set_result(result)

    __class_getitem__ = classmethod(types.GenericAlias)


def _initialize(executor_reference, initializer, initargs):
    try:
        initializer(*initargs)
        return True
    except BaseException:
        _base.LOGGER.critical('Exception in initializer:', exc_info=True)
        executor = executor_reference()
        if executor is not None:
            executor._initializer_failed()
        return False


def _next_item(executor_reference, work_queue):
    try:
        return work_queue.get_nowait()
    except queue.Empty:
        executor = executor_reference()
        if executor is not None:
            executor._idle_semaphore.release()
        del executor
        return work_queue.get(block=True)


def _worker(executor_reference, work_queue, initializer, initargs):
    if initializer is not None and not _initialize(executor_reference, initializer, initargs):
        return
    try:
        while True:
            work_item = _next_item(executor_reference, work_queue)
            if work_item is not None:
                work_item.run()
                del work_item
                continue
            # None: the program ends, or the executor was shut down or has died.
            executor = executor_reference()
            if _shutdown or executor is None or executor._shutdown:
                if executor is not None:
                    executor._shutdown = True
                work_queue.put(None)  # for the other workers
                return
            del executor
    except BaseException:
        _base.LOGGER.critical('Exception in worker', exc_info=True)


class BrokenThreadPool(_base.BrokenExecutor):
    """
    Raised when a worker thread in a ThreadPoolExecutor failed initializing.
    """


class ThreadPoolExecutor(_base.Executor):

    _counter = itertools.count().__next__  # for names of pools that have none

    def __init__(self, max_workers=None, thread_name_prefix='', initializer=None, initargs=()):
        """Initializes a new ThreadPoolExecutor instance.

        Args:
            max_workers: The maximum number of threads.
            thread_name_prefix: What the threads' names start with.
            initializer: Called in each thread, with initargs, before its first call.
        """
        if max_workers is None:
            max_workers = min(32, (os.process_cpu_count() or 1) + 4)
        if max_workers <= 0:
            raise ValueError("max_workers must be greater than 0")
        if initializer is not None and not callable(initializer):
            raise TypeError("initializer must be a callable")
        self._max_workers = max_workers
        self._work_queue = queue.SimpleQueue()
        self._idle_semaphore = threading.Semaphore(0)
        self._threads = set()
        self._broken = False
        self._shutdown = False
        self._shutdown_lock = threading.Lock()
        self._thread_name_prefix = thread_name_prefix or ("ThreadPoolExecutor-%d" % self._counter())
        self._initializer = initializer
        self._initargs = initargs

    def submit(self, fn, /, *args, **kwargs):
        with self._shutdown_lock, _global_shutdown_lock:
            if self._broken:
                raise BrokenThreadPool(self._broken)
            if self._shutdown:
                raise RuntimeError('cannot schedule new futures after shutdown')
            if _shutdown:
                raise RuntimeError('cannot schedule new futures after interpreter shutdown')
            future = _base.Future()
            self._work_queue.put(_WorkItem(future, fn, args, kwargs))
            self._adjust_thread_count()
            return future
    submit.__doc__ = _base.Executor.submit.__doc__

    def _adjust_thread_count(self):
        if self._idle_semaphore.acquire(timeout=0):
            return  # a worker waits for something to do
        count = len(self._threads)
        if count >= self._max_workers:
            return

        def executor_died(_, q=self._work_queue):
            q.put(None)

        thread = threading.Thread(name='%s_%d' % (self._thread_name_prefix or self, count), target=_worker,
                                  args=(weakref.ref(self, executor_died), self._work_queue, self._initializer,
                                        self._initargs))
        thread.start()
        self._threads.add(thread)
        _threads_queues[thread] = self._work_queue

    def _drain(self, end):
        """Calls end(future) for what has not started."""
        while True:
            try:
                work_item = self._work_queue.get_nowait()
            except queue.Empty:
                return
            if work_item is not None:
                end(work_item.future)

    def _initializer_failed(self):
        with self._shutdown_lock:
            self._broken = 'A thread initializer failed, the thread pool is not usable anymore'
            self._drain(lambda future: future.set_exception(BrokenThreadPool(self._broken)))

    def shutdown(self, wait=True, *, cancel_futures=False):
        with self._shutdown_lock:
            self._shutdown = True
            if cancel_futures:
                self._drain(lambda future: future.cancel())
            self._work_queue.put(None)  # wakes a worker that waits
        if wait:
            for thread in self._threads:
                thread.join()
    shutdown.__doc__ = _base.Executor.shutdown.__doc__
