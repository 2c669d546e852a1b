# Handlers: set, run, replaced, raising; timers, pause, masks; death by a signal at the end.
import signal
print(signal.Signals(2), repr(signal.Signals.SIGINT), repr(signal.SIGTERM), signal.SIGTERM.name, signal.SIGTERM.value, signal.Signals['SIGHUP'], repr(signal.SIG_DFL), f"{signal.SIGINT}", signal.SIGINT == 2)
print(signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM), repr(signal.getsignal(signal.SIGPIPE)))
try: signal.Signals(99)
except ValueError as e: print(e)
def handler(n, frame):
    print('handler', n, frame.f_code.co_name, frame.f_lineno)
def f():
    print(repr(signal.signal(signal.SIGUSR1, handler)))
    signal.raise_signal(signal.SIGUSR1)
    print('after')
f()
print(signal.signal(signal.SIGUSR1, signal.SIG_IGN) is handler)
signal.raise_signal(signal.SIGUSR1)
print(repr(signal.getsignal(10)))
def bad(n, frame): raise ValueError('from handler')
signal.signal(10, bad)
try: signal.raise_signal(10)
except ValueError as e: print('caught', e)
print(sorted(signal.valid_signals())[:3], len(signal.valid_signals()))
try: signal.raise_signal(2)
except KeyboardInterrupt as e: print('KI', repr(e))
signal.signal(14, lambda *a: print('alarm', a[0]))
signal.setitimer(signal.ITIMER_REAL, 0.02); signal.pause()
signal.setitimer(0,0.01)
n=0
def stop(*a): global n; n=1
signal.signal(14, stop)
while not n: pass
print('loop ended')
old=signal.pthread_sigmask(signal.SIG_BLOCK,[10]); print(old); 
signal.raise_signal(10); print(signal.sigpending()); print(repr(signal.sigwait([10])))
print(signal.pthread_sigmask(signal.SIG_SETMASK, old))
signal.raise_signal(15)
