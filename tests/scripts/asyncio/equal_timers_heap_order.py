# Timers of the same moment run in the order that a binary heap gives, also after some were cancelled.
import asyncio
import selectors


class Selector(selectors.DefaultSelector):
    def select(self, timeout=None):
        loop.now += timeout or 0
        return super().select(0)


class Loop(asyncio.SelectorEventLoop):
    now = 50.0

    def time(self):
        return self.now


def run(count, cancelled=()):
    order = []
    timers = [loop.call_at(loop.now + 1, order.append, n) for n in range(count)]
    for n in cancelled:
        timers[n].cancel()
    loop.call_at(loop.now + 2, loop.stop)
    loop.run_forever()
    print(*order)


loop = Loop(Selector())
for count in (1, 2, 3, 4, 5, 9, 20, 33):
    run(count)
run(9, (0,))
run(9, (3, 4, 5))
run(300, range(0, 300, 2))
run(300, [n for n in range(300) if n % 7])
loop.close()
