# Signals that wait together run in the order of their numbers; an exception leaves the rest for later.
import signal
log = []
for n in (signal.SIGUSR2, signal.SIGUSR1, signal.SIGALRM):
    signal.signal(n, lambda number, frame: log.append(number))
def failing(number, frame):
    log.append(-number)
    raise LookupError(number)
signal.signal(signal.SIGUSR1, failing)
signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR1, signal.SIGUSR2, signal.SIGALRM])
for n in (signal.SIGALRM, signal.SIGUSR2, signal.SIGUSR1):
    signal.raise_signal(n)
print(log, sorted(signal.sigpending()))
try:
    signal.pthread_sigmask(signal.SIG_SETMASK, [])
    print('not reached')
except LookupError as error:
    print(type(error).__name__, error)
print(log)
