# Many short threads that end well, by an exception and by SystemExit, with and without being joined; an interrupt of main.
import _thread, sys, threading

seen, ended = [], []
threading.excepthook = lambda arguments: seen.append(arguments.exc_type.__name__)
def leave(): sys.exit(3)
def fail(): raise KeyError("x")
def end(): ended.append(None)
rest = []
for turn in range(60):
    threads = [threading.Thread(target=target) for target in (leave, fail, end)]
    for thread in threads: thread.start()
    if turn % 2:
        for thread in threads: thread.join()
    else: rest += threads
    assert len(threading.enumerate()) >= 1
for thread in rest: thread.join()
print({name: seen.count(name) for name in sorted(set(seen))}, len(ended), threading.active_count())
raw = threading.Semaphore(0)
for _ in range(30): _thread.start_new_thread(raw.release, ())
for _ in range(30): raw.acquire()
waiting = threading.Event()
def interrupt():
    waiting.wait()
    _thread.interrupt_main()
threading.Thread(target=interrupt).start()
try:
    waiting.set()
    while True: pass
except KeyboardInterrupt: print("interrupted")
def late():
    threading.main_thread().join()
    print("after main")
threading.Thread(target=late).start()
