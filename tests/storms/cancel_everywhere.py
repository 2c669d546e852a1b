# A cancellation at every step of a program that uses locks, queues, groups, timeouts and generators: for each turn of the
# loop and each of its tasks, and at each suspension. What was taken is given back, and nobody is left waiting.
import asyncio, sys
from _tokens import Order, Token, left

rounds = int(sys.argv[1])              # how long the program is
shown = sys.argv[2:] == ["show"]      # each place with its outcome, not only how many came out how


class Program:
    def __init__(self):
        self.lock, self.semaphore, self.condition = asyncio.Lock(), asyncio.Semaphore(2), asyncio.Condition()
        self.box, self.event, self.barrier = asyncio.Queue(2), asyncio.Event(), asyncio.Barrier(2)
        self.log, self.inside = [], 0

    async def hold(self, name):
        token = Token()
        async with self.lock:
            self.inside += 1
            await asyncio.sleep(0)
            async with self.semaphore: await asyncio.sleep(0)
            self.inside -= 1
        self.log.append(name)

    async def numbers(self):
        token = Token()
        try:
            for n in range(3):
                await asyncio.sleep(0)
                yield n
        finally:
            await asyncio.sleep(0)
            self.log.append("closed")

    async def produce(self):
        token = Token()
        async for n in self.numbers():
            async with asyncio.timeout(100): await self.box.put(n)
        self.event.set()

    async def consume(self):
        token = Token()
        for _ in range(3):
            self.log.append(await asyncio.wait_for(self.box.get(), 100))
            self.box.task_done()
        await self.event.wait()

    async def notify(self):
        async with self.condition:
            self.condition.notify_all()
        await asyncio.shield(asyncio.sleep(0))

    async def wait_notified(self):
        async with self.condition:
            try: await asyncio.wait_for(self.condition.wait(), 100)
            finally: self.log.append(self.condition.locked())

    async def main(self):
        token = Token()
        try:
            async with asyncio.TaskGroup() as group:
                for work in self.produce(), self.consume(), self.wait_notified(), self.hold("a"), self.hold("b"): group.create_task(work)
                for _ in range(rounds): await asyncio.gather(self.hold("c"), self.hold("d"))
                await self.notify()
            self.log.append("group")
            async with asyncio.timeout(0): await asyncio.sleep(100)
        except TimeoutError: self.log.append("timeout")

    def rest(self):
        """What should be as at the start, if it is not."""
        state = {"locked": self.lock.locked(), "semaphore": self.semaphore._value != 2, "condition": self.condition.locked(),
                 "waiting": bool(self.lock._waiters) or bool(self.semaphore._waiters) or bool(self.condition._waiters),
                 "getters": bool(self.box._getters) or bool(self.box._putters)}
        return [name for name, wrong in state.items() if wrong]


async def outcome(program, main, tasks):
    """How the program ends. One that waits for what a cancelled task should have done is stuck, and cancelled as a whole."""
    stuck = ""
    for turn in range(200):
        if main.done(): break
        await asyncio.sleep(0)
    else:
        stuck = "stuck "
        main.cancel()
        await asyncio.wait([main])
    end = "cancelled" if main.cancelled() else repr(main.exception())
    for task in tasks:
        if task.done() and not task.cancelled(): task.exception()
    for turn in range(5): await asyncio.sleep(0)
    return stuck + end, *program.log, program.rest(), len(asyncio.all_tasks()) - 1


def drive(inject, wrap=None):
    """Runs the program; `inject(loop, tasks)` prepares the cancellation, `wrap` makes the coroutine that a task runs."""
    async def top():
        program, tasks, loop = Program(), [], asyncio.get_running_loop()
        def factory(loop, coro, **options):
            tasks.append(asyncio.Task(wrap(coro) if wrap else coro, loop=loop, **options))
            return tasks[-1]
        loop.set_task_factory(factory)
        main = asyncio.ensure_future(program.main())
        inject(loop, tasks)
        end = await outcome(program, main, tasks)
        loop.set_task_factory(None)
        tasks.clear()
        return end
    return asyncio.run(top())


def at_turn(turn, victim):
    """Cancels the victim-th task in the turn-th turn of the loop. Tells whether there was one."""
    hit = [False]
    def inject(loop, tasks):
        def tick(n):
            if n < turn and n < 200: loop.call_soon(tick, n + 1)
            elif victim < len(tasks): hit[0] = tasks[victim].cancel()
        loop.call_soon(tick, 0)
    end = drive(inject)
    return hit[0], end


class Stepper:
    """Awaits a coroutine and counts its suspensions; at the chosen one the task is cancelled just before it is parked."""
    steps = target = 0
    def __init__(self, coro): self.coro = coro
    def __await__(self):
        value, error = None, None
        while True:
            try:
                yielded = self.coro.throw(error) if error else self.coro.send(value)
            except StopIteration as stop: return stop.value
            Stepper.steps += 1
            if Stepper.steps == Stepper.target: asyncio.current_task().cancel()
            value, error = None, None
            try: value = yield yielded
            except BaseException as thrown: error = thrown


def at_suspension(target):
    """Cancels the task that suspends at the target-th place of all. Tells whether there was one."""
    async def wrapped(coro): return await Stepper(coro)
    Stepper.steps, Stepper.target = 0, target
    end = drive(lambda loop, tasks: None, wrapped)
    return Stepper.steps >= target, end


def note(place, end):
    line = " ".join(map(str, (*place, *end, left())))
    if shown: print(line)
    for character in line: order.add(ord(character))
    ends[end[0]] = ends.get(end[0], 0) + 1
    wrong = end[-2] or end[-1] or Token.alive
    if wrong: print("wrong:", line)


order, ends = Order(), {}
print("undisturbed", *drive(lambda loop, tasks: None), left())
turn, hit = 0, True
while hit:
    victim, hit = 0, False
    while victim < 8 + 2 * rounds:
        cancelled, end = at_turn(turn, victim)
        if cancelled: note(("turn", turn, "task", victim), end)
        hit = hit or cancelled
        victim += 1
    turn += 1
print(turn, "turns", ends, order)
ends.clear()
target, hit = 1, True
while hit:
    hit, end = at_suspension(target)
    note(("suspension", target), end)
    target += 1
print(target, "suspensions", ends, order)
