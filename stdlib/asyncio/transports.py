# Interfaces of transports.
__all__ = ('BaseTransport', 'ReadTransport', 'WriteTransport', 'Transport', 'DatagramTransport', 'SubprocessTransport')


class BaseTransport:
    """What all transports have."""
    __slots__ = ('_extra',)

    def __init__(self, extra=None):
        self._extra = {} if extra is None else extra

    def get_extra_info(self, name, default=None):
        """Information by name, such as 'socket' or 'peername'."""
        return self._extra.get(name, default)

    def is_closing(self):
        """Tells whether it is closed or closing."""
        raise NotImplementedError

    def close(self):
        """Closes it after what is buffered has been sent."""
        raise NotImplementedError

    def set_protocol(self, protocol):
        """Sets another protocol."""
        raise NotImplementedError

    def get_protocol(self):
        """The protocol."""
        raise NotImplementedError


class ReadTransport(BaseTransport):
    """One that receives."""
    __slots__ = ()

    def is_reading(self):
        """Tells whether it is receiving."""
        raise NotImplementedError

    def pause_reading(self):
        """Stops receiving."""
        raise NotImplementedError

    def resume_reading(self):
        """Receives again."""
        raise NotImplementedError


class WriteTransport(BaseTransport):
    """One that sends."""
    __slots__ = ()

    def set_write_buffer_limits(self, high=None, low=None):
        """Sets when the protocol's pause_writing() and resume_writing() are called."""
        raise NotImplementedError

    def get_write_buffer_size(self):
        """How many bytes are waiting to be sent."""
        raise NotImplementedError

    def get_write_buffer_limits(self):
        """The limits (low, high)."""
        raise NotImplementedError

    def write(self, data):
        """Sends data, sooner or later."""
        raise NotImplementedError

    def writelines(self, list_of_data):
        """Sends all of them."""
        self.write(b''.join(list_of_data))

    def write_eof(self):
        """Ends sending; receiving goes on."""
        raise NotImplementedError

    def can_write_eof(self):
        """Tells whether write_eof() can be used."""
        raise NotImplementedError

    def abort(self):
        """Closes it at once."""
        raise NotImplementedError


class Transport(ReadTransport, WriteTransport):
    """Of a stream in both directions."""
    __slots__ = ()


class DatagramTransport(BaseTransport):
    """Of datagrams."""
    __slots__ = ()

    def sendto(self, data, addr=None):
        """Sends a datagram."""
        raise NotImplementedError

    def abort(self):
        """Closes it at once."""
        raise NotImplementedError


class SubprocessTransport(BaseTransport):
    """Of a child process."""
    __slots__ = ()

    def get_pid(self):
        """Its process id."""
        raise NotImplementedError

    def get_returncode(self):
        """Its exit status, or None while it runs."""
        raise NotImplementedError

    def get_pipe_transport(self, fd):
        """The transport of its descriptor fd."""
        raise NotImplementedError

    def send_signal(self, signal):
        """Sends it a signal."""
        raise NotImplementedError

    def terminate(self):
        """Asks it to end."""
        raise NotImplementedError

    def kill(self):
        """Ends it."""
        raise NotImplementedError


class _FlowControlMixin(Transport):
    # Calls pause_writing() and resume_writing() as the buffer passes its limits.
    __slots__ = ('_loop', '_protocol_paused', '_high_water', '_low_water')

    def __init__(self, extra=None, loop=None):
        super().__init__(extra)
        assert loop is not None
        self._loop = loop
        self._protocol_paused = False
        self._set_write_buffer_limits()

    def _tell_protocol(self, method):
        try:
            getattr(self._protocol, method)()
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as error:
            self._loop.call_exception_handler({
                'message': f'protocol.{method}() failed',
                'exception': error,
                'transport': self,
                'protocol': self._protocol,
            })

    def _maybe_pause_protocol(self):
        if self.get_write_buffer_size() > self._high_water and not self._protocol_paused:
            self._protocol_paused = True
            self._tell_protocol('pause_writing')

    def _maybe_resume_protocol(self):
        if self._protocol_paused and self.get_write_buffer_size() <= self._low_water:
            self._protocol_paused = False
            self._tell_protocol('resume_writing')

    def get_write_buffer_limits(self):
        return self._low_water, self._high_water

    def _set_write_buffer_limits(self, high=None, low=None):
        if high is None:
            high = 64 * 1024 if low is None else 4 * low
        if low is None:
            low = high // 4
        if not high >= low >= 0:
            raise ValueError(f'high ({high!r}) must be >= low ({low!r}) must be >= 0')
        self._high_water = high
        self._low_water = low

    def set_write_buffer_limits(self, high=None, low=None):
        self._set_write_buffer_limits(high=high, low=low)
        self._maybe_pause_protocol()
