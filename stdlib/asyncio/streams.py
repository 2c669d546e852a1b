# Streams: reading and writing with await, on top of transports.
import sys

from . import coroutines
from . import events
from . import exceptions
from . import format_helpers
from . import protocols
from .tasks import sleep

__all__ = ('StreamReader', 'StreamWriter', 'StreamReaderProtocol', 'open_connection', 'start_server',
           'open_unix_connection', 'start_unix_server')

_DEFAULT_LIMIT = 2 ** 16


def _client(loop, limit):
    reader = StreamReader(limit=limit, loop=loop)
    return reader, StreamReaderProtocol(reader, loop=loop)


async def open_connection(host=None, port=None, *, limit=_DEFAULT_LIMIT, **kwds):
    """Connects to host and port; gives a StreamReader and a StreamWriter."""
    loop = events.get_running_loop()
    reader, protocol = _client(loop, limit)
    transport, _ = await loop.create_connection(lambda: protocol, host, port, **kwds)
    return reader, StreamWriter(transport, protocol, reader, loop)


async def open_unix_connection(path=None, *, limit=_DEFAULT_LIMIT, **kwds):
    """As open_connection(), to a socket in the file system."""
    loop = events.get_running_loop()
    reader, protocol = _client(loop, limit)
    transport, _ = await loop.create_unix_connection(lambda: protocol, path, **kwds)
    return reader, StreamWriter(transport, protocol, reader, loop)


def _server_factory(loop, limit, client_connected_cb):
    def factory():
        reader = StreamReader(limit=limit, loop=loop)
        return StreamReaderProtocol(reader, client_connected_cb, loop=loop)
    return factory


async def start_server(client_connected_cb, host=None, port=None, *, limit=_DEFAULT_LIMIT, **kwds):
    """Listens; client_connected_cb(reader, writer) is called, or run as a task, for each connection."""
    loop = events.get_running_loop()
    return await loop.create_server(_server_factory(loop, limit, client_connected_cb), host, port, **kwds)


async def start_unix_server(client_connected_cb, path=None, *, limit=_DEFAULT_LIMIT, **kwds):
    """As start_server(), on a socket in the file system."""
    loop = events.get_running_loop()
    return await loop.create_unix_server(_server_factory(loop, limit, client_connected_cb), path, **kwds)


class FlowControlMixin(protocols.Protocol):
    """Lets writers wait while the transport is full."""

    def __init__(self, loop=None):
        self._loop = events.get_event_loop() if loop is None else loop
        self._paused = False
        self._drain_waiters = []
        self._connection_lost = False

    def pause_writing(self):
        assert not self._paused
        self._paused = True
        if self._loop.get_debug():
            from .log import logger
            logger.debug('%r pauses writing', self)

    def resume_writing(self):
        assert self._paused
        self._paused = False
        if self._loop.get_debug():
            from .log import logger
            logger.debug('%r resumes writing', self)
        self._release(None)

    def connection_lost(self, exc):
        self._connection_lost = True
        if self._paused:
            self._release(exc)

    def _release(self, exc):
        for waiter in self._drain_waiters:
            if not waiter.done():
                if exc is None:
                    waiter.set_result(None)
                else:
                    waiter.set_exception(exc)

    async def _drain_helper(self):
        if self._connection_lost:
            raise ConnectionResetError('Connection lost')
        if not self._paused:
            return
        waiter = self._loop.create_future()
        self._drain_waiters.append(waiter)
        try:
            await waiter
        finally:
            self._drain_waiters.remove(waiter)

    def _get_close_waiter(self, stream):
        raise NotImplementedError


class StreamReaderProtocol(FlowControlMixin, protocols.Protocol):
    """Feeds a StreamReader with what a transport receives."""
    _source_traceback = None
    _stream_reader_wr = None

    def __init__(self, stream_reader, client_connected_cb=None, loop=None):
        super().__init__(loop=loop)
        if stream_reader is not None:
            from _weakref import ref
            self._stream_reader_wr = ref(stream_reader)
            self._source_traceback = stream_reader._source_traceback
        if client_connected_cb is not None:
            self._strong_reader = stream_reader   # nobody else holds it before the connection is made
        self._reject_connection = False
        self._task = None
        self._transport = None
        self._client_connected_cb = client_connected_cb
        self._over_ssl = False
        self._closed = self._loop.create_future()

    @property
    def _stream_reader(self):
        return None if self._stream_reader_wr is None else self._stream_reader_wr()

    def _replace_transport(self, transport):
        self._transport = transport
        self._over_ssl = transport.get_extra_info('sslcontext') is not None

    def connection_made(self, transport):
        if self._reject_connection:
            context = {'message': 'An open stream was garbage collected prior to establishing network connection; '
                                  'call "stream.close()" explicitly.'}
            if self._source_traceback:
                context['source_traceback'] = self._source_traceback
            self._loop.call_exception_handler(context)
            transport.abort()
            return
        self._replace_transport(transport)
        reader = self._stream_reader
        if reader is not None:
            reader.set_transport(transport)
        if self._client_connected_cb is None:
            return
        writer = StreamWriter(transport, self, reader, self._loop)
        result = self._client_connected_cb(reader, writer)
        if coroutines.iscoroutine(result):
            def callback(task):
                error = None if task.cancelled() else task.exception()
                if error is not None:
                    self._loop.call_exception_handler({
                        'message': 'Unhandled exception in client_connected_cb',
                        'exception': error,
                        'transport': transport,
                    })
                if error is not None or task.cancelled():
                    transport.close()

            self._task = self._loop.create_task(result)
            self._task.add_done_callback(callback)
        self._strong_reader = None

    def connection_lost(self, exc):
        reader = self._stream_reader
        if reader is not None:
            if exc is None:
                reader.feed_eof()
            else:
                reader.set_exception(exc)
        if not self._closed.done():
            if exc is None:
                self._closed.set_result(None)
            else:
                self._closed.set_exception(exc)
        super().connection_lost(exc)
        self._stream_reader_wr = self._stream_writer = self._task = self._transport = None

    def data_received(self, data):
        reader = self._stream_reader
        if reader is not None:
            reader.feed_data(data)

    def eof_received(self):
        reader = self._stream_reader
        if reader is not None:
            reader.feed_eof()
        return not self._over_ssl   # TLS cannot stay half open

    def _get_close_waiter(self, stream):
        return self._closed

    def __del__(self):
        closed = getattr(self, '_closed', None)
        if closed is not None and closed.done() and not closed.cancelled():
            closed.exception()   # that nobody waited for it is no error


class StreamWriter:
    """Writes to a transport; drain() waits while it is full."""

    def __init__(self, transport, protocol, reader, loop):
        self._transport = transport
        self._protocol = protocol
        assert reader is None or isinstance(reader, StreamReader)
        self._reader = reader
        self._loop = loop
        self._complete_fut = loop.create_future()
        self._complete_fut.set_result(None)

    def __repr__(self):
        reader = '' if self._reader is None else f' reader={self._reader!r}'
        return f'<{self.__class__.__name__} transport={self._transport!r}{reader}>'

    @property
    def transport(self):
        """The transport."""
        return self._transport

    def write(self, data):
        """Sends data, sooner or later."""
        self._transport.write(data)

    def writelines(self, data):
        """Sends all of them."""
        self._transport.writelines(data)

    def write_eof(self):
        """Ends sending."""
        return self._transport.write_eof()

    def can_write_eof(self):
        """Tells whether write_eof() can be used."""
        return self._transport.can_write_eof()

    def close(self):
        """Closes the transport after what is buffered has been sent."""
        return self._transport.close()

    def is_closing(self):
        """Tells whether it is closed or closing."""
        return self._transport.is_closing()

    async def wait_closed(self):
        """Waits until it is closed."""
        await self._protocol._get_close_waiter(self)

    def get_extra_info(self, name, default=None):
        """Information about the transport."""
        return self._transport.get_extra_info(name, default)

    async def drain(self):
        """Waits while the transport's buffer is too full."""
        error = None if self._reader is None else self._reader.exception()
        if error is not None:
            raise error
        if self._transport.is_closing():
            await sleep(0)   # lets connection_lost() come, also in a loop of write() and drain()
        await self._protocol._drain_helper()

    async def start_tls(self, sslcontext, *, server_hostname=None, ssl_handshake_timeout=None,
                        ssl_shutdown_timeout=None):
        """Goes on with TLS."""
        protocol = self._protocol
        await self.drain()
        transport = await self._loop.start_tls(
            self._transport, protocol, sslcontext, server_side=protocol._client_connected_cb is not None,
            server_hostname=server_hostname, ssl_handshake_timeout=ssl_handshake_timeout,
            ssl_shutdown_timeout=ssl_shutdown_timeout)
        self._transport = transport
        protocol._replace_transport(transport)

    def __del__(self):
        if self._transport.is_closing():
            return
        import warnings
        if self._loop.is_closed():
            warnings.warn('loop is closed', ResourceWarning)
        else:
            self.close()
            warnings.warn(f'unclosed {self!r}', ResourceWarning)


class StreamReader:
    """Buffers what a transport receives, for one reading coroutine at a time."""
    _source_traceback = None

    def __init__(self, limit=_DEFAULT_LIMIT, loop=None):
        if limit <= 0:
            raise ValueError('Limit cannot be <= 0')
        self._limit = limit
        self._loop = events.get_event_loop() if loop is None else loop
        self._buffer = bytearray()
        self._eof = False
        self._waiter = None      # future of the reading coroutine
        self._exception = None
        self._transport = None
        self._paused = False
        if self._loop.get_debug():
            self._source_traceback = format_helpers.extract_stack(sys._getframe(1))

    def __repr__(self):
        info = 'StreamReader'
        if self._buffer:
            info += f' {len(self._buffer)} bytes'
        if self._eof:
            info += ' eof'
        if self._limit != _DEFAULT_LIMIT:
            info += f' limit={self._limit}'
        if self._waiter:
            info += f' waiter={self._waiter!r}'
        if self._exception:
            info += f' exception={self._exception!r}'
        if self._transport:
            info += f' transport={self._transport!r}'
        if self._paused:
            info += ' paused'
        return f'<{info}>'

    def exception(self):
        """What set_exception() set, or None."""
        return self._exception

    def _take_waiter(self):
        waiter, self._waiter = self._waiter, None
        return None if waiter is None or waiter.cancelled() else waiter

    def set_exception(self, exc):
        """Makes this and every later read raise exc."""
        self._exception = exc
        waiter = self._take_waiter()
        if waiter is not None:
            waiter.set_exception(exc)

    def _wakeup_waiter(self):
        waiter = self._take_waiter()
        if waiter is not None:
            waiter.set_result(None)

    def set_transport(self, transport):
        """Sets the transport, whose receiving is paused while too much is buffered."""
        assert self._transport is None, 'Transport already set'
        self._transport = transport

    def _maybe_resume_transport(self):
        if self._paused and len(self._buffer) <= self._limit:
            self._paused = False
            self._transport.resume_reading()

    def feed_eof(self):
        """No more data will come."""
        self._eof = True
        self._wakeup_waiter()

    def at_eof(self):
        """Tells whether the buffer is empty and no more data will come."""
        return self._eof and not self._buffer

    def feed_data(self, data):
        """Adds data to the buffer."""
        assert not self._eof, 'feed_data after feed_eof'
        if not data:
            return
        self._buffer.extend(data)
        self._wakeup_waiter()
        if self._transport is not None and not self._paused and len(self._buffer) > 2 * self._limit:
            try:
                self._transport.pause_reading()
            except NotImplementedError:
                self._transport = None   # it cannot: everything is buffered
            else:
                self._paused = True

    async def _wait_for_data(self, func_name):
        if self._waiter is not None:
            raise RuntimeError(f'{func_name}() called while another coroutine is already waiting for incoming data')
        assert not self._eof, '_wait_for_data after EOF'
        if self._paused:
            self._paused = False
            self._transport.resume_reading()
        self._waiter = self._loop.create_future()
        try:
            await self._waiter
        finally:
            self._waiter = None

    def _take(self, size):
        data = bytes(memoryview(self._buffer)[:size])
        del self._buffer[:size]
        self._maybe_resume_transport()
        return data

    def _take_incomplete(self, expected):
        partial = bytes(self._buffer)
        self._buffer.clear()
        return exceptions.IncompleteReadError(partial, expected)

    async def readline(self):
        """Reads up to and with the next newline; less at the end of the data."""
        try:
            return await self.readuntil(b'\n')
        except exceptions.IncompleteReadError as error:
            return error.partial
        except exceptions.LimitOverrunError as error:
            # A line that is too long is dropped; all that is there if its end has not come.
            if self._buffer.startswith(b'\n', error.consumed):
                del self._buffer[:error.consumed + 1]
            else:
                self._buffer.clear()
            self._maybe_resume_transport()
            raise ValueError(error.args[0])

    async def readuntil(self, separator=b'\n'):
        """Reads up to and with the separator, or the first to end of a tuple of them."""
        separators = sorted(separator, key=len) if isinstance(separator, tuple) else [separator]
        if not separators:
            raise ValueError('Separator should contain at least one element')
        shortest, longest = len(separators[0]), len(separators[-1])
        if shortest == 0:
            raise ValueError('Separator should be at least one-byte string')
        if self._exception is not None:
            raise self._exception
        searched = 0   # no separator starts before this
        while True:
            size = len(self._buffer)
            if size - searched >= shortest:
                found = [(at + len(sep), number, at) for number, sep in enumerate(separators)
                         if (at := self._buffer.find(sep, searched)) != -1]
                if found:
                    end, _, start = min(found)
                    break
                searched = max(0, size + 1 - longest)
                if searched > self._limit:
                    raise exceptions.LimitOverrunError('Separator is not found, and chunk exceed the limit', searched)
            if self._eof:
                raise self._take_incomplete(None)
            await self._wait_for_data('readuntil')
        if start > self._limit:
            raise exceptions.LimitOverrunError('Separator is found, but chunk is longer than limit', start)
        return self._take(end)

    async def read(self, n=-1):
        """Reads up to n bytes, at least one; n < 0: all up to the end."""
        if self._exception is not None:
            raise self._exception
        if n == 0:
            return b''
        if n < 0:
            blocks = []
            while block := await self.read(self._limit):
                blocks.append(block)
            return b''.join(blocks)
        if not self._buffer and not self._eof:
            await self._wait_for_data('read')
        return self._take(n)

    async def readexactly(self, n):
        """Reads n bytes."""
        if n < 0:
            raise ValueError('readexactly size can not be less than zero')
        if self._exception is not None:
            raise self._exception
        if n == 0:
            return b''
        while len(self._buffer) < n:
            if self._eof:
                raise self._take_incomplete(n)
            await self._wait_for_data('readexactly')
        return self._take(n)

    def __aiter__(self):
        return self

    async def __anext__(self):
        line = await self.readline()
        if line == b'':
            raise StopAsyncIteration
        return line
