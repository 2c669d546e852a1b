# flags: -W always
# A socket that nobody closes warns and is closed.
import os, socket, sys
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
number = s.fileno()
import warnings
warnings.showwarning = lambda message, category, *rest, **more: print(category.__name__, str(message).replace('fd=%d' % number, 'fd=N'))
del s
try: os.fstat(number)
except OSError as error: print('closed', error.errno)
with socket.socket() as closed: pass
del closed
print('end')
