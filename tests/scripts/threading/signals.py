# Signals and threads: handlers run on the main thread, also while it waits for a lock; others may not set them.
import signal, threading, time
def handler(number, frame):
    print('handler on', threading.current_thread().name)
    raise InterruptedError
signal.signal(signal.SIGALRM, handler)
def in_thread():
    for call in (lambda: signal.signal(signal.SIGALRM, signal.SIG_DFL), lambda: signal.set_wakeup_fd(-1)):
        try: call()
        except ValueError as error: print(error)
t = threading.Thread(target=in_thread); t.start(); t.join()
lock = threading.Lock(); lock.acquire()
for wait in (lock.acquire, threading.Event().wait, lambda: time.sleep(30), lambda: threading.Thread.join(sleeper)):
    sleeper = threading.Thread(target=time.sleep, args=(30,), daemon=True); sleeper.start()
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.05)
        wait()
    except InterruptedError: print('interrupted')
def busy():
    while not stop: pass
stop = False
t = threading.Thread(target=busy); t.start()
try:
    signal.setitimer(signal.ITIMER_REAL, 0.05)
    while True: pass
except InterruptedError: print('interrupted beside a busy thread')
stop = True; t.join()
import _thread
try: _thread.interrupt_main(); time.sleep(1)
except KeyboardInterrupt: print('KeyboardInterrupt')
