# A thread that computes or is inside a call of the system holds time back, but nobody waits for ever for it.
import os, threading, time
read, write = os.pipe()
def reader(): print("read", os.read(read, 10))
thread = threading.Thread(target=reader)
thread.start()
time.sleep(0.1)
print("write")
os.write(write, b"text")
thread.join()
done = False
def spinner():
    while not done: pass
    print("spun")
thread = threading.Thread(target=spinner)
thread.start()
time.sleep(0.1)
done = True
thread.join()
end = time.monotonic() + 0.01
while time.monotonic() < end: pass
print("clock moved")
def compute():
    sum(range(200_000))
    print("computed")
thread = threading.Thread(target=compute)
thread.start()
thread.join(30)
print(thread.is_alive())
