# What transports call: protocols to derive from.
__all__ = ('BaseProtocol', 'Protocol', 'DatagramProtocol', 'SubprocessProtocol', 'BufferedProtocol')


class BaseProtocol:
    """What all protocols have."""
    __slots__ = ()

    def connection_made(self, transport):
        """The connection is there."""

    def connection_lost(self, exc):
        """The connection is gone; exc: why, or None."""

    def pause_writing(self):
        """The transport's buffer is above its limit."""

    def resume_writing(self):
        """The transport's buffer is empty enough again."""


class Protocol(BaseProtocol):
    """Of a stream: made, data, ..., end, lost."""
    __slots__ = ()

    def data_received(self, data):
        """Some bytes came."""

    def eof_received(self):
        """The other side will send no more. A true result keeps the transport open."""


class BufferedProtocol(BaseProtocol):
    """Of a stream, with buffers of its own."""
    __slots__ = ()

    def get_buffer(self, sizehint):
        """The buffer to receive into."""

    def buffer_updated(self, nbytes):
        """nbytes were received into it."""

    def eof_received(self):
        """The other side will send no more. A true result keeps the transport open."""


class DatagramProtocol(BaseProtocol):
    """Of datagrams."""
    __slots__ = ()

    def datagram_received(self, data, addr):
        """A datagram came."""

    def error_received(self, exc):
        """Sending or receiving failed with an OSError."""


class SubprocessProtocol(BaseProtocol):
    """Of a child process."""
    __slots__ = ()

    def pipe_data_received(self, fd, data):
        """The child wrote to its descriptor fd (1 or 2)."""

    def pipe_connection_lost(self, fd, exc):
        """A pipe to the child is closed."""

    def process_exited(self):
        """The child has ended."""


def _feed_data_to_buffered_proto(proto, data):
    while data:
        buffer = proto.get_buffer(len(data))
        size = min(len(buffer), len(data))
        if not len(buffer):
            raise RuntimeError('get_buffer() returned an empty buffer')
        buffer[:size] = data[:size]
        proto.buffer_updated(size)
        data = data[size:]
