"""Cases of check.py: programs that wait for ever (tests/deadlocks/ has the kinds of them)."""
import json
import os
import subprocess
import time

from runner import own

STUCK = """import asyncio, atexit, sys

class Last:
    def __del__(self):
        print("finaliser")

async def main():
    last = Last()
    print("one", end="")
    print("two", end="", file=sys.stderr)
    try:
        await asyncio.Event().wait()
    finally:
        print("finally")

atexit.register(print, "at exit")
try:
    asyncio.run(main())
except BaseException as error:
    print("caught", error)
print("never")
"""
FIRST_LINE = "cede: deadlock: 1 task waits, and nothing can wake it\n"


@own
def deadlock_ends_the_program(r):
    """Output is flushed, nothing more runs."""
    path = r.write("stuck.py", STUCK)
    for arguments, stdin in (((path,), ""), (("-c", STUCK), ""), ((), STUCK), (("-X", "dev", path), ""), (("-u", path), "")):
        status, out, errors = r.run(*arguments, stdin=stdin)
        if (status, out) != (13, "one") or not errors.startswith("two" + FIRST_LINE) or ":12 main" not in errors:
            return arguments, status, out, errors


@own
def deadlock_as_json(r):
    status, out, errors = r.run("--dump-tasks=tasks.json", r.write("stuck.py", STUCK))
    with open(os.path.join(r.folder, "tasks.json")) as file:
        dump = json.load(file)
    if (status, out) != (13, "one") or FIRST_LINE not in errors or dump["reason"] != "deadlock":
        return status, out, errors, dump
    if [task["waits_for"]["kind"] for task in dump["tasks"]] != ["primitive"] or dump["primitives"][0]["type"] != "Event":
        return dump


@own
def deadlock_with_other_streams(r):
    """A script's own sys.stdout is left alone; what the first one holds is written all the same."""
    source = STUCK.replace("async def main", "print('first', end='')\nclass Mine:\n    def write(self, text):\n        pass\n"
                           "    def flush(self):\n        open('flushed', 'w')\nsys.stdout = Mine()\n\nasync def main")
    status, out, errors = r.run("-c", source)
    if (status, out) != (13, "first") or FIRST_LINE not in errors or os.path.exists(os.path.join(r.folder, "flushed")):
        return status, out, errors


def waits(r, *arguments, source="", then=b""):
    """The program goes on waiting; what it has written when it is killed."""
    process = r.start(*arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    process.stdin.write(source.encode())
    process.stdin.flush()
    time.sleep(0.5)
    if process.poll() is None:
        process.kill()
    out, _ = process.communicate()
    return process.returncode == -9, out.decode()


@own
def deadlock_not_reported(r):
    path = r.write("stuck.py", STUCK)
    statement = "import asyncio\nasyncio.run(asyncio.Event().wait())\n"
    top_level = "import asyncio\nawait asyncio.Event().wait()\n"
    for arguments, source in ((("--no-deadlock-report", path), ""), (("-i", "-q", path), ""), (("-i", "-q"), statement), (("-i", "-q"), top_level)):
        waited, out = waits(r, *arguments, source=source)
        if not waited or "deadlock" in out:
            return arguments, source, waited, out


@own
def deadlock_in_idle_program_costs_nothing(r):
    """A loop that only another thread can wake does not look again and again."""
    source = ("import asyncio, threading\nthreading.Thread(target=threading.Event().wait, daemon=True).start()\nprint('ready', flush=True)\n"
              "asyncio.run(asyncio.Event().wait())")
    process = r.start("-c", source, stdout=subprocess.PIPE)
    process.stdout.readline()

    def switches():
        with open(f"/proc/{process.pid}/task/{process.pid}/status") as file:
            return sum(int(line.split()[1]) for line in file if "ctxt_switches" in line)

    time.sleep(0.2)
    before = switches()
    time.sleep(0.5)
    woken = switches() - before
    process.kill()
    process.wait()
    process.stdout.close()
    if woken > 2:
        return f"woken {woken} times"
