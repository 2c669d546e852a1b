# Ctrl-C ends native loops that call script code, and sleep.
import signal, time
signal.signal(signal.SIGALRM, signal.default_int_handler)
def interrupted(name, body):
    signal.setitimer(signal.ITIMER_REAL, 0.05)
    start = time.monotonic()
    try:
        body()
        print(name, 'ended')
    except KeyboardInterrupt:
        print(name, 'interrupted', 'late' if time.monotonic() - start > 2 else 'at once')
    signal.setitimer(signal.ITIMER_REAL, 0)
def endless():
    while True: yield 'x'
class Slow:
    def __lt__(self, other): return False
def countdown():
    while True: pass
interrupted('sum', lambda: sum(map(len, endless())))
interrupted('join', lambda: ''.join(endless()))
items = [Slow() for _ in range(3000)]
interrupted('sort', lambda: [items.sort() for _ in range(100000)])
interrupted('sleep', lambda: time.sleep(30))
interrupted('loop', countdown)
