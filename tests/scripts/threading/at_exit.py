# The end of the program: threads that are no daemons are waited for, then exit functions run; daemons just stop.
import atexit, threading, time
atexit.register(print, 'exit function')
def late():
    threading.main_thread().join()
    print('late thread')
threading.Thread(target=late).start()
def forever():
    while True: pass
threading.Thread(target=forever, daemon=True).start()
threading.Thread(target=time.sleep, args=(1000,), daemon=True).start()
held = threading.Lock()
held.acquire()
threading.Thread(target=held.acquire, daemon=True).start()
print('main ends')
