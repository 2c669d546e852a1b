# asyncio.BaseEventLoop can be made and run with a selector that a script gives it.
import asyncio


class Selector:
    def __init__(self):
        self.timeouts = []

    def select(self, timeout):
        self.timeouts.append(timeout)
        return [("event", 1)] if len(self.timeouts) == 2 else []


class Loop(asyncio.BaseEventLoop):
    def __init__(self):
        super().__init__()
        self._selector = Selector()
        self.now = 0

    def time(self):
        self.now += 0.25
        return self.now

    def _process_events(self, events):
        print("events", events)

    def _write_to_self(self):
        print("woken")


loop = Loop()
loop.call_soon(print, "soon")
loop.call_later(1, loop.stop)
loop.call_soon_threadsafe(print, "threadsafe")
loop.run_forever()
print(loop._selector.timeouts)
print(loop.run_until_complete(asyncio.sleep(0, "slept")))
loop.call_soon(print, "by hand")
loop._run_once()
for call in (lambda: asyncio.BaseEventLoop().create_server(None), lambda: loop.add_reader(0, print), lambda: loop.sock_recv(None, 1)):
    try:
        print(call().close())
    except (NotImplementedError, AttributeError) as error:
        print(type(error).__name__, error)
loop.close()
