# Several threads run loops of their own: running loops, current tasks and contexts do not mix.
import asyncio
import threading


async def work(name, barrier):
    task = asyncio.current_task()
    await asyncio.sleep(0)
    await asyncio.get_running_loop().run_in_executor(None, barrier.wait)
    mine = asyncio.all_tasks() == {task}
    await asyncio.sleep(0.01)
    return name, mine, asyncio.current_task() is task


def run(name):
    results[name] = asyncio.run(work(name, barrier))


results, barrier = {}, threading.Barrier(4)
threads = [threading.Thread(target=run, args=(n,)) for n in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(sorted(results.values()))
print(asyncio._get_running_loop())
