# The loop's input and output: watched descriptors and the sock_* methods.
import sys

from . import base_events
from . import events

_READ, _WRITE = 1, 2   # selectors.EVENT_READ, EVENT_WRITE


class BaseSelectorEventLoop(base_events.BaseEventLoop):
    """A loop over the host's poller, or over a selector object given by a script."""

    def __init__(self, selector=None):
        super().__init__()
        if 'logging' in sys.modules:   # nobody listens otherwise
            base_events._logger().debug('Using selector: %s', 'EpollSelector' if selector is None else type(selector).__name__)
        self._selector = selector
        self._transports = {}   # by descriptor
        self._ssock = self._csock = None
        if selector is not None:
            self._make_self_pipe()

    def close(self):
        if self.is_running():
            raise RuntimeError('Cannot close a running event loop')
        if self.is_closed():
            return
        if self._ssock is not None:
            self._remove_reader(self._ssock.fileno())
            self._ssock.close()
            self._csock.close()
            self._ssock = self._csock = None
        super().close()
        if self._selector is not None:
            self._selector.close()
            self._selector = None

    # ---- waking of a script's selector: the native poller can do it by itself

    def _make_self_pipe(self):
        import socket
        self._ssock, self._csock = socket.socketpair()
        self._ssock.setblocking(False)
        self._csock.setblocking(False)
        self._add_reader(self._ssock.fileno(), self._read_from_self)

    def _read_from_self(self):
        try:
            while self._ssock.recv(4096):
                pass
        except (BlockingIOError, InterruptedError):
            pass

    def _wake_selector(self):
        try:
            self._csock.send(b'\0')
        except (OSError, AttributeError):   # full: it will wake; or closed meanwhile
            pass

    # ---- descriptors

    @staticmethod
    def _descriptor(fd):
        if isinstance(fd, int):
            return fd
        try:
            return int(fd.fileno())
        except (AttributeError, TypeError, ValueError):
            raise ValueError(f'Invalid file object: {fd!r}') from None

    def _ensure_fd_no_transport(self, fd):
        transport = self._transports.get(self._descriptor(fd))
        if transport is not None and not transport.is_closing():
            raise RuntimeError(f'File descriptor {fd!r} is used by transport {transport!r}')

    def _exchange(self, fd, writing, handle):
        # Sets or (None) removes the handle for one direction; gives the previous one or None.
        fd = self._descriptor(fd)
        if self._selector is None:
            return self._watch(fd, writing, handle)
        selector = self._selector
        mask = _WRITE if writing else _READ
        key = selector.get_map().get(fd)
        old = (None, None) if key is None else key.data
        previous = old[writing]
        data = (old[0], handle) if writing else (handle, old[1])
        events_ = 0 if key is None else key.events
        events_ = events_ | mask if handle is not None else events_ & ~mask
        if key is None:
            if events_:
                selector.register(fd, events_, data)
        elif events_:
            selector.modify(fd, events_, data)
        else:
            selector.unregister(fd)
        return previous

    def _process_events(self, event_list):
        for key, mask in event_list:
            for handle, flag, writing in ((key.data[0], _READ, False), (key.data[1], _WRITE, True)):
                if mask & flag and handle is not None:
                    if handle._cancelled:
                        self._exchange(key.fileobj, writing, None)
                    else:
                        self._add_callback(handle)

    def _set_handle(self, fd, writing, callback, args):
        self._check_closed()
        handle = events.Handle(callback, args, self, None)
        previous = self._exchange(fd, writing, handle)
        if previous is not None:
            previous.cancel()
        return handle

    def _drop_handle(self, fd, writing):
        if self.is_closed():
            return False
        previous = self._exchange(fd, writing, None)
        if previous is None:
            return False
        previous.cancel()
        return True

    def _add_reader(self, fd, callback, *args):
        return self._set_handle(fd, False, callback, args)

    def _remove_reader(self, fd):
        return self._drop_handle(fd, False)

    def _add_writer(self, fd, callback, *args):
        return self._set_handle(fd, True, callback, args)

    def _remove_writer(self, fd):
        return self._drop_handle(fd, True)

    def add_reader(self, fd, callback, *args):
        """Calls callback(*args) whenever fd can be read."""
        self._ensure_fd_no_transport(fd)
        self._add_reader(fd, callback, *args)

    def remove_reader(self, fd):
        """Ends add_reader(); tells whether there was one."""
        self._ensure_fd_no_transport(fd)
        return self._remove_reader(fd)

    def add_writer(self, fd, callback, *args):
        """Calls callback(*args) whenever fd can be written to."""
        self._ensure_fd_no_transport(fd)
        self._add_writer(fd, callback, *args)

    def remove_writer(self, fd):
        """Ends add_writer(); tells whether there was one."""
        self._ensure_fd_no_transport(fd)
        return self._remove_writer(fd)

    # ---- sockets

    def _check_socket(self, sock):
        if 'ssl' in sys.modules:
            import ssl
            if isinstance(sock, ssl.SSLSocket):
                raise TypeError('Socket cannot be of type SSLSocket')
        if self._debug and sock.gettimeout() != 0:
            raise ValueError('the socket must be non-blocking')

    async def _socket_call(self, sock, writing, attempt):
        # attempt() until the socket does not block; `pending` futures end in the reader or writer callback.
        try:
            return attempt()
        except (BlockingIOError, InterruptedError):
            pass
        fd = sock.fileno()
        self._ensure_fd_no_transport(fd)
        future = self.create_future()

        def ready():
            if future.done():
                return
            try:
                result = attempt()
            except (BlockingIOError, InterruptedError):
                return
            except (SystemExit, KeyboardInterrupt):
                raise
            except BaseException as error:
                future.set_exception(error)
            else:
                future.set_result(result)

        handle = self._set_handle(fd, writing, ready, ())

        def done(_):
            if not handle.cancelled():
                self._drop_handle(fd, writing)

        future.add_done_callback(done)
        return await future

    async def sock_recv(self, sock, n):
        """Receives up to n bytes."""
        self._check_socket(sock)
        return await self._socket_call(sock, False, lambda: sock.recv(n))

    async def sock_recv_into(self, sock, buf):
        """Receives into a buffer; gives the number of bytes."""
        self._check_socket(sock)
        return await self._socket_call(sock, False, lambda: sock.recv_into(buf))

    async def sock_recvfrom(self, sock, bufsize):
        """Receives a datagram; gives it and its sender's address."""
        self._check_socket(sock)
        return await self._socket_call(sock, False, lambda: sock.recvfrom(bufsize))

    async def sock_recvfrom_into(self, sock, buf, nbytes=0):
        """Receives a datagram into a buffer; gives its size and its sender's address."""
        self._check_socket(sock)
        nbytes = nbytes or len(buf)
        return await self._socket_call(sock, False, lambda: sock.recvfrom_into(buf, nbytes))

    async def sock_sendall(self, sock, data):
        """Sends all of data."""
        self._check_socket(sock)
        left = memoryview(data).cast('B')

        def attempt():
            nonlocal left
            left = left[sock.send(left):]
            if left:
                raise BlockingIOError

        if left:
            await self._socket_call(sock, True, attempt)

    async def sock_sendto(self, sock, data, address):
        """Sends a datagram; gives the number of bytes."""
        self._check_socket(sock)
        return await self._socket_call(sock, True, lambda: sock.sendto(data, address))

    async def sock_accept(self, sock):
        """Accepts a connection; gives the new socket and the peer's address."""
        self._check_socket(sock)

        def attempt():
            connection, address = sock.accept()
            connection.setblocking(False)
            return connection, address

        return await self._socket_call(sock, False, attempt)
