# The abstract transports and protocols: what is not implemented, what has defaults, and their extra information.
import asyncio


def attempt(name, call, *args):
    try:
        print(name, "gave", call(*args))
    except NotImplementedError as error:
        print(name, "NotImplementedError", error)


transport = asyncio.Transport({"name": "value"})
print(transport.get_extra_info("name"), transport.get_extra_info("other"), transport.get_extra_info("other", "default"))
for name, args in (("is_closing", ()), ("close", ()), ("set_protocol", (1,)), ("get_protocol", ()), ("is_reading", ()),
                   ("pause_reading", ()), ("resume_reading", ()), ("set_write_buffer_limits", ()), ("get_write_buffer_size", ()),
                   ("get_write_buffer_limits", ()), ("write", (b"x",)), ("write_eof", ()), ("can_write_eof", ()), ("abort", ())):
    attempt(name, getattr(transport, name), *args)


class Writing(asyncio.Transport):
    def write(self, data):
        print("write", data)


Writing().writelines([b"one", b"two"])
for name, args in (("sendto", (b"x",)), ("abort", ())):
    attempt(name, getattr(asyncio.DatagramTransport(), name), *args)
for name, args in (("get_pid", ()), ("get_returncode", ()), ("get_pipe_transport", (1,)), ("send_signal", (2,)), ("terminate", ()),
                   ("kill", ())):
    attempt(name, getattr(asyncio.SubprocessTransport(), name), *args)
for kind in (asyncio.BaseProtocol, asyncio.Protocol, asyncio.BufferedProtocol, asyncio.DatagramProtocol, asyncio.SubprocessProtocol):
    print(kind.__name__, sorted(name for name in dir(kind) if not name.startswith("_")), kind.__slots__, kind.__mro__[1].__name__)
protocol = asyncio.Protocol()
print(protocol.connection_made(None), protocol.data_received(b""), protocol.eof_received(), protocol.connection_lost(None))
