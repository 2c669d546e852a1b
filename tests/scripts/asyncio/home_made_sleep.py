# A home-made async_sleep on a bare Future, woken by a watcher task.
import asyncio


class Watcher:
    def __init__(self):
        self.sleepers = []
        self.turn = 0

    async def watch(self):
        while self.sleepers or self.turn < 3:
            self.turn += 1
            for turn, future in list(self.sleepers):
                if self.turn >= turn:
                    print("turn", self.turn, "wakes a sleeper")
                    future.set_result(self.turn)
                    self.sleepers.remove((turn, future))
            await asyncio.sleep(0)


async def async_sleep(watcher, turns):
    future = asyncio.Future()
    watcher.sleepers.append((watcher.turn + turns, future))
    return await future


async def sleeper(watcher, name, turns):
    print(name, "goes to sleep for", turns)
    print(name, "woke up at", await async_sleep(watcher, turns))


async def main():
    watcher = Watcher()
    task = asyncio.create_task(watcher.watch())
    await asyncio.gather(*(sleeper(watcher, n, t) for n, t in (("a", 5), ("b", 2), ("c", 9))))
    await task


asyncio.run(main())
