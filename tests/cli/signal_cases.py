"""Cases of check.py: Ctrl-C and other signals, wherever a program is."""
import signal
import subprocess
import time

from runner import case, own



@case
def interrupt_loop(r):
    return r.interrupt("print('ready', flush=True)\nwhile True:\n    pass\n")


@case
def interrupt_sleep(r):
    return r.interrupt("import time\nprint('ready', flush=True)\ntime.sleep(60)\n")


@case
def interrupt_run_forever(r):
    return r.interrupt("import asyncio\nevent_loop = asyncio.new_event_loop()\nprint('ready', flush=True)\nevent_loop.run_forever()\n")


@case
def interrupt_asyncio_run(r):
    return r.interrupt("import asyncio\n\n\nasync def main():\n    print('ready', flush=True)\n    try:\n        await asyncio.sleep(60)\n"
                       "    except asyncio.CancelledError:\n        print('cancelled')\n        raise\n    finally:\n        print('finally')\n\n\nasyncio.run(main())\n")


@case
def interrupt_busy_task(r):
    return r.interrupt("import asyncio\n\n\nasync def main():\n    print('ready', flush=True)\n    while True:\n        await asyncio.sleep(0)\n\n\nasyncio.run(main())\n")[:2]


@case
def interrupt_caught(r):
    return r.interrupt("import time\nprint('ready', flush=True)\ntry:\n    time.sleep(60)\nexcept KeyboardInterrupt as error:\n    print('caught', repr(error))\nprint('goes on')\n")


@case
def interrupt_waits(r):
    """Whatever a program waits for."""
    waits = ["input()", "import sys; sys.stdin.readline()", "import sys; sys.stdin.read()", "import os; os.read(0, 1)",
             "import socket; s = socket.create_server(('127.0.0.1', 0)); s.accept()",
             "import socket; a, b = socket.socketpair(); a.recv(1)", "import socket; a, b = socket.socketpair(); a.settimeout(60); a.recv(1)",
             "import threading; lock = threading.Lock(); lock.acquire(); lock.acquire()",
             "import threading; lock = threading.Lock(); lock.acquire(); lock.acquire(timeout=60)",
             "import threading; threading.Event().wait()", "import threading; threading.Semaphore(0).acquire()",
             "import queue; queue.Queue().get()", "import queue; queue.SimpleQueue().get()", "import queue; queue.Queue().get(timeout=60)",
             "import threading, time; t = threading.Thread(target=time.sleep, args=(60,), daemon=True); t.start(); t.join()",
             "import select; select.select([], [], [], 60)", "import signal; signal.pause()"]
    return [[wait, r.interrupt(f"import {wait.split()[1].strip(';,') if wait.startswith('import') else 'time'}\n"
                               f"print('ready', flush=True)\n{wait}\n")] for wait in waits]


@own
def interrupt_native_loops(r):
    """Work inside of builtins that CPython partly does not interrupt; (what goes before, work)."""
    for before, work in (
            ("", "sum(iter(int, 1))"), ("", "''.join(iter(str, 1))"), ("", "list(map(abs, iter(int, 1)))"), ("", "max(iter(int, 1))"),
            ("", "all(iter(lambda: 1, 0))"), ("", "1 in iter(list, 1)"), ("", "set(iter(int, 1))"), ("", "dict.fromkeys(iter(int, 1))"),
            ("", "dict(iter(lambda: (1, 2), 1))"), ("", "bytes(iter(int, 1))"), ("", "a, *b = iter(int, 1)"),
            ("", "sorted(range(10 ** 7), key=lambda x: -x)"), ("l = [(i * 7919) % 1000003 for i in range(10 ** 6)]", "while True: sorted(l)"),
            ("l = [str(i * 7919 % 1000003) for i in range(10 ** 6)]", "while True: sorted(l)"),
            ("", "3 ** 100000000"), ("x = 3 ** 10000000", "while True: x * x"), ("import sys; sys.set_int_max_str_digits(0); x = 3 ** 10000000", "str(x)"),
            ("import sys; sys.set_int_max_str_digits(0); s = '7' * 10 ** 7", "int(s)"), ("", "pow(3, 3 ** 1000000, 7 ** 20000)"),
            ("import math", "math.factorial(10 ** 7)"), ("l = [1] * 10 ** 7", "while True: 2 in l"), ("l = [1.5] * 10 ** 7", "while True: l.count('a')"),
            ("", "while True: list(range(10 ** 8))"), ("", "while True: [0] * 10 ** 8"), ("", "while True: 'ab' * 10 ** 8"),
            ("s = 'a' * 10 ** 8", "while True: s.replace('a', 'bb')"), ("s = 'a' * 10 ** 8", "while True: s.count('aab')"),
            ("s = 'a' * 10 ** 8", "while True: s.find('ab')"), ("s = b'a' * 10 ** 8", "while True: s.rfind(b'ba')"),
            ("import itertools", "next(filter(None, itertools.repeat(0)))"), ("import itertools", "next(itertools.dropwhile(bool, itertools.repeat(1)))"),
            ("import itertools", "next(itertools.compress(itertools.repeat(1), itertools.repeat(0)))"),
            ("import itertools", "next(itertools.islice(itertools.repeat(0), 10 ** 12, None))"),
            ("import itertools", "next(itertools.chain.from_iterable(itertools.repeat(())))"),
            ("import itertools", "g = itertools.groupby(itertools.repeat(1)); next(g); next(g)"),
            ("import collections", "collections.deque(iter(int, 1), maxlen=0)"), ("import functools", "functools.reduce(max, iter(int, 1))"),
            ("", "compile('x = 1\\n' * 10 ** 6, 'x', 'exec')"), ("f = open('/dev/zero', 'rb')", "f.read()"), ("f = open('/dev/zero')", "f.readline()")):
        result = r.interrupt(f"{before}\nprint('ready', flush=True)\n{work}\n")
        if result[0] != -signal.SIGINT or not result[1] or result[-1].splitlines()[-1:] != ["KeyboardInterrupt"]:
            return f"{work}: {result}"


@case
def interrupt_handler_replaced(r):
    return r.interrupt("import time\nprint('ready', flush=True)\ntry:\n    time.sleep(60)\nfinally:\n    print('cleaned up')\n")


@case
def terminated(r):
    process = r.start("-c", "import time; print('ready', flush=True); time.sleep(60)", stdout=subprocess.PIPE)
    process.stdout.readline()
    process.terminate()
    return process.wait(20)


@own
def idle_loop_uses_no_processor(r):
    process = r.start("-c", "import asyncio; loop = asyncio.new_event_loop(); print(1, flush=True); loop.run_forever()", stdout=subprocess.PIPE)
    process.stdout.readline()

    def ticks():
        with open(f"/proc/{process.pid}/stat") as file:
            fields = file.read().rsplit(")", 1)[1].split()
        return int(fields[11]) + int(fields[12])

    time.sleep(0.1)
    before = ticks()
    time.sleep(0.5)
    used = ticks() - before
    process.kill()
    process.wait()
    if used > 5:
        return f"used {used} ticks of 50"
