# An uncaught KeyboardInterrupt ends the process by SIGINT itself, after the traceback and exit functions.
import signal, atexit
atexit.register(print, 'exit function')
def main():
    try:
        signal.raise_signal(signal.SIGINT)
    finally:
        print('finally')
main()
