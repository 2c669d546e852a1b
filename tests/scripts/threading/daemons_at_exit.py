# Daemon threads that compute, sleep, wait, read and run a loop when the program ends: it ends all the same.
import asyncio, atexit, os, queue, threading, time

started = threading.Semaphore(0)
def busy():
    numbers = {}
    started.release()
    while True: numbers[len(numbers) % 100] = [len(numbers)]
def sleepy():
    started.release()
    while True: time.sleep(0.001)
def holder():
    with lock:
        started.release()
        threading.Event().wait()
def getter():
    started.release()
    queue.Queue().get()
def reader():
    started.release()
    os.read(read, 1)
def loop():
    async def main():
        started.release()
        await asyncio.sleep(1000)
    asyncio.run(main())
def with_local():
    local.value = [1]
    started.release()
    while True: time.sleep(0.001)

lock, local = threading.Lock(), threading.local()
read, write = os.pipe()
targets = [busy, sleepy, holder, getter, reader, loop, with_local, busy]
for target in targets: threading.Thread(target=target, daemon=True).start()
for _ in targets: started.acquire()
atexit.register(lambda: print("at exit", lock.locked()))
print("end", threading.active_count())
