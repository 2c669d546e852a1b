# A day of work: a hundred coroutines and twenty threads that sleep again and again, by a log in the order of time.
import asyncio, sys, threading, time
unit = float(sys.argv[1])
log = []
begin = time.monotonic()
def note(name): log.append((round((time.monotonic() - begin) / unit, 2), name))
def thread(n):
    for _ in range(3):
        time.sleep((1 + n / 20) * unit)
        note(("thread", n))
async def task(n):
    for _ in range(2):
        await asyncio.sleep((1.5 + n / 40) * unit)
        note(("task", n))
async def main():
    async with asyncio.TaskGroup() as group:
        for n in range(10): group.create_task(task(n))
threads = [threading.Thread(target=thread, args=(n,)) for n in range(20)]
for t in threads: t.start()
asyncio.run(main())
for t in threads: t.join()
print(log == sorted(log, key=lambda entry: entry[0]), len(log))
print([[name for _, name in log if name == ("thread", n)] == [("thread", n)] * 3 for n in range(20)] == [True] * 20)
print(round(log[-1][0]))
