# Threads that sleep wake in the order of their moments, and those that wait for them after.
import sys, threading, time
unit = float(sys.argv[1])
begin = time.monotonic()
def note(*what): print(round((time.monotonic() - begin) / unit, 1), *what)
def sleeper(n, times):
    for turn in range(times):
        time.sleep(n * unit)
        note("thread", n, "turn", turn)
threads = [threading.Thread(target=sleeper, args=(n, times)) for n, times in ((3, 2), (1, 4), (2.5, 1))]
for thread in threads: thread.start()
time.sleep(1.5 * unit)
note("main")
for thread in threads: thread.join()
note("joined")
