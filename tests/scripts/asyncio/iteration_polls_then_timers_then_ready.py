# One iteration: one poll, then the due timers join the ready ones, then just those run. Seen from a selector and a clock
# written in the language.
import asyncio
import selectors


class Selector(selectors.DefaultSelector):
    def select(self, timeout=None):
        print("select", timeout)
        loop.now += timeout or 0
        return super().select(0)


class Loop(asyncio.SelectorEventLoop):
    now = 1000.0

    def time(self):
        return self.now


loop = Loop(Selector())


def soon(text):
    print(text)
    loop.call_soon(print, text, "again")


loop.call_later(10, print, "timer at 10")
loop.call_later(5, soon, "timer at 5")
loop.call_soon(soon, "ready")
loop.call_at(1020, loop.stop)
loop.run_forever()
print(loop.time())
loop.close()
