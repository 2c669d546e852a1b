# A sleep built from a bare Future and a task that watches the clock.
import asyncio
import time

sleepers = []


async def async_sleep(seconds):
    future = asyncio.Future()
    sleepers.append((time.monotonic() + seconds, future))
    await future


async def watcher():
    while True:
        for wake_up_time, future in list(sleepers):
            if time.monotonic() >= wake_up_time:
                sleepers.remove((wake_up_time, future))
                future.set_result(None)
        await asyncio.sleep(0)


async def sleeper(name, seconds):
    print(name, "falls asleep")
    await async_sleep(seconds)
    print(name, "wakes up")


async def main():
    watching = asyncio.create_task(watcher())
    await asyncio.gather(sleeper("dormouse", 0.15), sleeper("cat", 0.05), sleeper("hare", 0.1))
    watching.cancel()
    print("everybody is awake")


asyncio.run(main())
