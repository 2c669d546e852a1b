"""Cases of check.py: what SIGQUIT (Ctrl-\\) shows, wherever a program is."""
import json
import os
import re
import signal
import subprocess
import time

from runner import case, own

# Ends when somebody has waited for the signal's work to be done: a line of input.
GOES_ON = "\nimport sys\nprint('goes on', sys.stdin.readline().strip())\n"
TASKS = """import asyncio, sys

async def holder(lock, event):
    async with lock:
        await event.wait()

async def waiter(lock):
    async with lock:
        pass

async def main():
    lock, event = asyncio.Lock(), asyncio.Event()
    asyncio.get_running_loop().add_reader(0, lambda: (sys.stdin.readline(), asyncio.get_running_loop().remove_reader(0), event.set()))
    tasks = [asyncio.create_task(holder(lock, event), name='holder'), asyncio.create_task(waiter(lock), name='waiter')]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    print('ready', flush=True)
    await asyncio.gather(*tasks)
    print('goes on')

asyncio.run(main())
"""


def quit_while(r, source, *options, dumped, times=1):
    """Sends SIGQUIT when the script has printed its first line, and a line of input when `dumped(what stderr has so far)`."""
    errors = os.path.join(r.folder, "errors")
    with open(errors, "w") as file:
        process = r.start(*options, r.write("quit.py", source), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=file)
    process.stdout.readline()
    time.sleep(0.05)  # into the work that follows
    deadline = time.monotonic() + 20
    for count in range(1, times + 1):
        process.send_signal(signal.SIGQUIT)
        while time.monotonic() < deadline and process.poll() is None:
            with open(errors) as file:
                if dumped(file.read(), count):
                    break
            time.sleep(0.01)
    try:
        out, _ = process.communicate(b"input\n", timeout=20)
    except subprocess.TimeoutExpired:
        process.kill()
        out, _ = process.communicate()
    with open(errors) as file:
        return process.returncode, out.decode(), file.read()


def in_text(text, count):
    return len(re.findall(r"^cede: \d+ unfinished task", text, re.MULTILINE)) >= count


@own
def quit_shows_tasks(r):
    status, out, errors = quit_while(r, TASKS, dumped=in_text, times=2)
    if (status, out) != (0, "goes on\n"):
        return status, out, errors
    first = errors.split("cede: ")[1]
    text = re.sub(r"0x[0-9a-f]+", "0xADDRESS", "\n".join(line for line in first.splitlines() if "<frozen" not in line))
    text = text.replace(r.folder, "<DIR>")
    wanted = """3 unfinished tasks
Loop 1 (_UnixSelectorEventLoop), running on the main thread: 3 tasks, 0 ready, 0 timers; watches descriptor 0

Task-1
    <DIR>/quit.py:18 main: await asyncio.gather(*tasks)
  waits for holder, waiter (gather)

holder
    <DIR>/quit.py:5 holder: await event.wait()
  waits for Event at 0xADDRESS (wait)
  holds Lock at 0xADDRESS
  needed by Task-1, waiter

waiter
    <DIR>/quit.py:8 waiter: async with lock:
  waits for Lock at 0xADDRESS (async with), held by holder
  needed by Task-1"""
    if text != wanted:
        return text


@own
def quit_as_json(r):
    path = os.path.join(r.folder, "tasks.json")

    def replaced(_, count):
        if not os.path.exists(path):
            return False
        changed = os.stat(path).st_ino
        if changed in seen:
            return False
        seen.append(changed)
        with open(path) as file:
            dumps.append(json.load(file))
        return True

    seen, dumps = [], []
    source = TASKS.replace("name='waiter'", "name='w\\u00e4it\\n\\ud800\"'")
    status, out, errors = quit_while(r, source, "--dump-tasks=tasks.json", dumped=replaced, times=2)
    if (status, out, errors) != (0, "goes on\n", "") or len(dumps) != 2:
        return status, out, errors, dumps
    dump = dumps[1]
    names = [task["name"] for task in dump["tasks"]]
    if names != ["Task-1", "holder", "w\u00e4it\n\ud800\""] or dump["reason"] != "signal" or dump["cycles"]:
        return dump
    main, holder, waiter = dump["tasks"]
    lock = holder["holds"][0]
    if dump["primitives"][lock]["type"] != "Lock" or dump["primitives"][lock]["holders"] != [1]:
        return dump["primitives"]
    if waiter["waits_for"]["primitive"] != lock or waiter["waits_for"]["tasks"] != [1] or waiter["state"] != "waiting":
        return waiter
    frame = main["frames"][0]
    if (frame["line"], frame["function"], os.path.basename(frame["file"])) != (18, "main", "quit.py"):
        return frame
    if [name for name in os.listdir(r.folder) if "tasks.json" in name] != ["tasks.json"]:
        return os.listdir(r.folder)


@own
def quit_file_that_cannot_be_written(r):
    status, out, errors = quit_while(r, TASKS, "--dump-tasks", "/nowhere/tasks.json", dumped=lambda text, _: "cannot" in text)
    if (status, out, errors) != (0, "goes on\n", "cede: cannot write the tasks to '/nowhere/tasks.json': No such file or directory\n"):
        return status, out, errors


@own
def quit_waits(r):
    """Whatever a program is doing."""
    waits = ["import time\nprint('ready', flush=True)\ntime.sleep(0.5)",
             "import threading\nlock = threading.Lock()\nlock.acquire()\nprint('ready', flush=True)\nlock.acquire(timeout=0.5)",
             "import threading, time\nt = threading.Thread(target=time.sleep, args=(0.5,))\nt.start()\nprint('ready', flush=True)\nt.join()",
             "import time\nprint('ready', flush=True)\nend = time.monotonic() + 0.5\nwhile time.monotonic() < end:\n    pass",
             "import time\nprint('ready', flush=True)\nend = time.monotonic() + 0.5\nwhile time.monotonic() < end:\n    sum(range(10 ** 5))",
             "import asyncio\nprint('ready', flush=True)\nasyncio.run(asyncio.sleep(0.5))",
             "import select\nprint('ready', flush=True)\nselect.select([], [], [], 0.5)",
             "print('ready', flush=True)", "import os\nprint('ready', flush=True)\nos.read(0, 1)"]
    for wait in waits:
        status, out, errors = quit_while(r, wait + GOES_ON, dumped=in_text)
        if status != 0 or "goes on" not in out or not in_text(errors, 1):
            return wait, status, out, errors


@own
def quit_does_not_end_pause(r):
    source = "import signal\nsignal.signal(signal.SIGUSR1, lambda s, f: None)\nprint('ready', flush=True)\nsignal.pause()\nprint('goes on')\n"
    process = r.start("-c", source, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    process.stdout.readline()
    time.sleep(0.05)
    process.send_signal(signal.SIGQUIT)
    shown = process.stderr.readline().decode()
    time.sleep(0.1)
    waits = process.poll() is None
    process.send_signal(signal.SIGUSR1)
    out, _ = process.communicate(timeout=20)
    if (waits, out, process.returncode) != (True, b"goes on\n", 0) or not in_text(shown, 1):
        return waits, out, process.returncode, shown


@own
def quit_while_a_task_runs(r):
    source = """import asyncio, time

def work():
    print('ready', flush=True)
    end = time.monotonic() + 0.5
    while time.monotonic() < end:
        pass

async def main():
    await asyncio.create_task(inner(), name='inner')

async def inner():
    work()

asyncio.run(main())
"""
    status, out, errors = quit_while(r, source + GOES_ON, dumped=in_text)
    if status != 0 or "goes on" not in out:
        return status, out, errors
    frames = re.findall(r"quit\.py:(\d+) (\w+)", errors)
    if [name for _, name in frames] != ["main", "inner", "work"] or "  is running\n" not in errors or "needed by Task-1" not in errors:
        return errors


@own
def quit_inside_eager_tasks(r):
    """The step of one task is inside that of another, before it has got its name."""
    status, out, errors = r.run(r.write("eager.py", """import asyncio, signal

async def inner():
    signal.raise_signal(signal.SIGQUIT)
    await asyncio.sleep(0)

async def outer():
    await asyncio.create_task(inner(), name="inner")

async def main():
    asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)
    await asyncio.create_task(outer(), name="outer")

asyncio.run(main())
"""))
    shown = [line for line in errors.splitlines() if "<frozen" not in line]
    main, outer, inner = "    <DIR>/eager.py:12 main: await asyncio.create_task(outer(), name=\"outer\")", \
        "    <DIR>/eager.py:8 outer: await asyncio.create_task(inner(), name=\"inner\")", \
        "    <DIR>/eager.py:4 inner: signal.raise_signal(signal.SIGQUIT)"
    running = "  is running"
    if status or shown[2:] != ["", "Task-1", main, outer, inner, running, "", "Task-2", outer, inner, running, "", "Task-3", inner, running]:
        return status, out, errors


@own
def quit_shows_loops_of_threads(r):
    source = """import asyncio, threading

async def main():
    await asyncio.get_running_loop().create_task(wait(), name='in a thread')

async def wait():
    print('ready', flush=True)
    await stop.wait()

stop = asyncio.Event()
loop = asyncio.new_event_loop()
thread = threading.Thread(target=loop.run_until_complete, args=(main(),))
thread.start()
thread.join(0.5)
loop.call_soon_threadsafe(stop.set)
thread.join()
"""
    status, out, errors = quit_while(r, source + GOES_ON, dumped=in_text)
    if status != 0 or "goes on" not in out:
        return status, out, errors
    if not re.search(r"running on thread \d+: 2 tasks", errors) or "quit.py:8 wait: await stop.wait()" not in errors:
        return errors


@case
def quit_own_handler(r):
    """A script's own handler, and a wish for the system's."""
    own_handler = "import os, signal\nsignal.signal(signal.SIGQUIT, lambda s, f: print('own', s))\nos.kill(os.getpid(), signal.SIGQUIT)\nprint('end')"
    in_loop = ("import asyncio, os, signal\n\nasync def main():\n    done = asyncio.Event()\n    loop = asyncio.get_running_loop()\n"
               "    loop.add_signal_handler(signal.SIGQUIT, done.set)\n    os.kill(os.getpid(), signal.SIGQUIT)\n    await done.wait()\n"
               "    print('done', loop.remove_signal_handler(signal.SIGQUIT))\n\nasyncio.run(main())")
    seen = "import signal\nprint(signal.getsignal(signal.SIGQUIT), signal.getsignal(signal.SIGTERM))"
    ignored = "import os, signal\nsignal.signal(signal.SIGQUIT, signal.SIG_IGN)\nos.kill(os.getpid(), signal.SIGQUIT)\nprint('end')"
    default = "import os, signal\nsignal.signal(signal.SIGQUIT, signal.SIG_DFL)\nos.kill(os.getpid(), signal.SIGQUIT)\nprint('end')"
    return [r.run("-c", text) for text in (own_handler, in_loop, seen, ignored, default)]
