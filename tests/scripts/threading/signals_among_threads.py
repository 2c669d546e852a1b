# Signals that threads send while others work under locks, and while a loop waits: handlers run on the main thread only.
import asyncio, os, signal, threading

hits = []
signal.signal(signal.SIGUSR1, lambda *_: hits.append(threading.current_thread() is threading.main_thread()))
lock = threading.Lock()
def send():
    for _ in range(50): os.kill(os.getpid(), signal.SIGUSR1)
def work():
    for _ in range(300):
        with lock: sum(range(20))
threads = [threading.Thread(target=target) for target in (send, work) * 4]
for thread in threads: thread.start()
for thread in threads: thread.join()
os.kill(os.getpid(), signal.SIGUSR1)
print(len(hits) > 0, set(hits))
async def main():
    loop, event = asyncio.get_running_loop(), asyncio.Event()
    loop.add_signal_handler(signal.SIGUSR2, event.set)
    for turn in range(20):
        threading.Thread(target=os.kill, args=(os.getpid(), signal.SIGUSR2)).start()
        await event.wait()
        event.clear()
    print("signalled", turn + 1)
asyncio.run(main())
signal.signal(signal.SIGALRM, lambda *_: hits.append("alarm"))
signal.setitimer(signal.ITIMER_REAL, 0.001, 0.001)
alarmed = len(hits)
while len(hits) < alarmed + 5:
    with lock: pass
signal.setitimer(signal.ITIMER_REAL, 0)
print(hits[-1])
