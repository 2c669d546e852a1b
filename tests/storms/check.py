"""Storms: very many tasks, timers and waiters at once, cancellation at every place, sixteen threads on one loop.

  check.py CEDE [--size small|thousand|full] [--timeout-factor F] [FILTER ...]
  check.py --record PYTHON [--size ...] [FILTER ...]     makes expected.json (CPython 3.13.0); all sizes: ten minutes

Each prints counts, the order of what happened as a number, and how many of its objects were left; all as CPython does,
whatever the size. A test build (-Dallocation_checks=true) that tells of cells left in its heap fails, and so does a
sanitizer's report. Ends in: storms: N passed, N failed, N skipped
"""
import argparse
import json
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
EXPECTED = os.path.join(HERE, "expected.json")
SIZES = {  # what each is given: how many, or how long the program is that is cancelled everywhere
    "small": {"tasks": 30_000, "timers": 10_000, "locks": 2_000, "cancel_everywhere": 4, "threads": 400},
    "thousand": {"tasks": 1_000, "timers": 1_000, "locks": 1_000, "cancel_everywhere": 2, "threads": 64},
    "full": {"tasks": 1_000_000, "timers": 100_000, "locks": 10_000, "cancel_everywhere": 20, "threads": 4_000},
}
FLAGS = ["-W", "ignore::RuntimeWarning"]   # coroutines that a cancellation kept from starting were never awaited
TIMEOUT = {"small": 60, "thousand": 60, "full": 600}  # seconds


def run(command, timeout):
    environment = dict(os.environ, PYTHONHASHSEED="0", PYTHONDONTWRITEBYTECODE="1", NO_COLOR="1")
    try:
        done = subprocess.run(command, cwd=HERE, env=environment, capture_output=True, text=True, timeout=timeout,
                              stdin=subprocess.DEVNULL)
    except subprocess.TimeoutExpired:
        return "timed out\n"
    return done.stdout + done.stderr + f"status {done.returncode}\n"


def record(python, size, filters):
    version = subprocess.run([python, "-c", "import sys; print(sys.version_info[:3], sys.implementation.name)"],
                             capture_output=True, text=True).stdout
    if version != "(3, 13, 0) cpython\n":
        sys.exit(f"records are made by CPython 3.13.0, not by {version!r}")
    expected = {}
    if os.path.exists(EXPECTED):
        with open(EXPECTED, encoding="utf-8") as file:
            expected = json.load(file)
    for size in [size] if size else SIZES:
        for storm, count in SIZES[size].items():
            if not filters or any(f in storm for f in filters):
                expected.setdefault(size, {})[storm] = run([python, *FLAGS, storm + ".py", str(count)], 3600)
    with open(EXPECTED, "w", encoding="utf-8") as file:
        json.dump(expected, file, indent=1)
        file.write("\n")


def check(cede, size, factor, filters):
    with open(EXPECTED, encoding="utf-8") as file:
        expected = json.load(file)[size]
    passed = failed = 0
    for storm, count in SIZES[size].items():
        if filters and not any(f in storm for f in filters):
            continue
        found = run([cede, *FLAGS, storm + ".py", str(count)], TIMEOUT[size] * factor)
        if found == expected[storm]:
            passed += 1
        else:
            failed += 1
            print(f"{storm} of {count}: expected\n{expected[storm]}found\n{found[:20000]}", flush=True)
    print(f"storms: {passed} passed, {failed} failed, 0 skipped")
    return failed


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--record", metavar="PYTHON")
    parser.add_argument("--size", choices=SIZES)
    parser.add_argument("--timeout-factor", type=float, default=1)
    parser.add_argument("names", nargs="*")
    arguments = parser.parse_args()
    if arguments.record:
        return record(arguments.record, arguments.size, arguments.names)
    if not arguments.names:
        parser.error("which program?")
    return check(os.path.abspath(arguments.names[0]), arguments.size or "small", arguments.timeout_factor, arguments.names[1:])


sys.exit(1 if main() else 0)
