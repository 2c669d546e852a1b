# A Task class and a loop written by hand on send() alone.
from collections import deque


class Cede:
    def __await__(self):
        yield


class Task:
    def __init__(self, coroutine, name):
        self.coroutine, self.name, self.done, self.result, self.waiters = coroutine, name, False, None, []

    def __await__(self):
        if not self.done:
            yield self
        return self.result


class Loop:
    def __init__(self):
        self.ready = deque()

    def spawn(self, coroutine, name):
        task = Task(coroutine, name)
        self.ready.append(task)
        return task

    def run(self):
        while self.ready:
            task = self.ready.popleft()
            try:
                wanted = task.coroutine.send(None)
            except StopIteration as stop:
                task.done, task.result = True, stop.value
                print("task", task.name, "finished with", stop.value)
                self.ready.extend(task.waiters)
            else:
                (self.ready if wanted is None else wanted.waiters).append(task)


async def worker(name, turns):
    for turn in range(turns):
        print(name, turn)
        await Cede()
    return name * turns


async def main():
    tasks = [loop.spawn(worker(n, t), n) for n, t in (("a", 3), ("b", 1), ("c", 2))]
    return [await task for task in tasks]


loop = Loop()
loop.spawn(main(), "main")
loop.run()
