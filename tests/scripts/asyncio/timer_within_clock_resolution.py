# A timer is due once less than the clock's resolution is missing.
import asyncio
import selectors


class Selector(selectors.SelectSelector):
    def select(self, timeout=None):
        if timeout:
            loop.now += timeout
            print("slept", timeout)
        return super().select(0)


class Loop(asyncio.SelectorEventLoop):
    now = 100.0

    def time(self):
        return self.now


loop = Loop(Selector())
loop._clock_resolution = 0.5
loop.call_at(100.25, print, "not yet due, but near enough")
loop.call_at(100.5, print, "just not near enough")
loop.call_at(101, print, "one second later")
loop.call_at(103, loop.stop)
loop.run_forever()
loop.close()
