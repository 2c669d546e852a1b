# An event loop and tasks written in the script itself, on nothing but send().
import heapq
import time
from collections import deque


class Sleep:
    def __init__(self, seconds):
        self.seconds = seconds

    def __await__(self):
        yield "sleep", self.seconds


class Join:
    def __init__(self, task):
        self.task = task

    def __await__(self):
        if not self.task.done:
            yield "join", self.task
        return self.task.result


class Task:
    def __init__(self, loop, coroutine):
        self.loop, self.coroutine = loop, coroutine
        self.done, self.result, self.waiters = False, None, []

    def step(self):
        try:
            request, argument = self.coroutine.send(None)
        except StopIteration as stop:
            self.done, self.result = True, stop.value
            self.loop.ready.extend(self.waiters)
        else:
            if request == "sleep":
                self.loop.call_later(argument, self)
            else:
                argument.waiters.append(self)


class Loop:
    def __init__(self):
        self.ready, self.timers, self.counter = deque(), [], 0

    def spawn(self, coroutine):
        task = Task(self, coroutine)
        self.ready.append(task)
        return task

    def call_later(self, seconds, task):
        self.counter += 1
        heapq.heappush(self.timers, (time.monotonic() + seconds, self.counter, task))

    def run(self, coroutine):
        main = self.spawn(coroutine)
        while not main.done:
            if not self.ready:
                when, _, task = heapq.heappop(self.timers)
                time.sleep(max(0, when - time.monotonic()))
                self.ready.append(task)
            self.ready.popleft().step()
        return main.result


async def countdown(name, n, pause):
    while n:
        print(name, n)
        await Sleep(pause)
        n -= 1
    print(name, "lift-off")
    return name


async def main():
    tasks = [loop.spawn(countdown("rocket", 3, 0.04)), loop.spawn(countdown("balloon", 2, 0.07))]
    return [await Join(task) for task in tasks]


loop = Loop()
print(loop.run(main()))
