# set_wakeup_fd: each signal's number is written to it.
import os, signal
reading, writing = os.pipe()
try:
    signal.set_wakeup_fd(writing)
except ValueError as error:
    print(str(error).replace(str(writing), 'N'))
os.set_blocking(writing, False)
print(signal.set_wakeup_fd(writing))
signal.signal(signal.SIGUSR1, lambda *a: print('handler'))
signal.raise_signal(signal.SIGUSR1)
print(os.read(reading, 10))
print(signal.set_wakeup_fd(-1) == writing)
signal.raise_signal(signal.SIGUSR1)
os.set_blocking(reading, False)
try:
    print(os.read(reading, 10))
except BlockingIOError:
    print('nothing')
