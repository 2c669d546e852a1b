"""Makes allocations fail, one after the other, while scripts run: what comes of it is MemoryError or nothing at all.

  check.py CEDE [--points N] [--jobs N] [FILTER ...]

CEDE is a build with -Dallocation_checks=true, best with AddressSanitizer. Scripts that use _sweep.py
meet a failure at each of their allocations in one run. The others run once per point: one allocation of theirs fails,
N points spread over all of them. Ends in: allocation: N passed, N failed, N skipped
"""
import argparse
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

HERE = os.path.dirname(os.path.abspath(__file__))
FAULTS = re.compile(r"AddressSanitizer|LeakSanitizer|runtime error:|were never freed|never given back|Assertion|terminate called|Fatal")


def run(executable, script, failure, timeout, *arguments):
    environment = dict(os.environ, CEDE_FAIL_ALLOCATION=failure, PYTHONHASHSEED="0", LC_ALL="C.UTF-8")
    try:
        done = subprocess.run([executable, script, *arguments], cwd=HERE, env=environment, capture_output=True, timeout=timeout,
                              stdin=subprocess.DEVNULL)
    except subprocess.TimeoutExpired:
        return None, "", "timed out"
    return done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")


def error_line(err):
    """The line that tells of an uncaught exception."""
    lines = [line for line in err.splitlines() if line and not line.startswith("cede: ")]
    return lines[-1] if lines else ""


def fault(status, err, usual=""):
    """What must never happen, or None. `usual`: the error line of a script that ends in an error of its own."""
    if status is None:
        return "timed out"
    found = FAULTS.search(err)
    if found:
        return err[max(0, found.start() - 200):found.start() + 3000]
    if status not in (0, 1, 120):
        return f"status {status}: {err[-1000:]}"
    if status and "MemoryError" not in err and not (usual and error_line(err) == usual):
        return f"status {status} without a MemoryError: {err[-1000:]}"
    return None


def allocations(executable, script):
    """How many there are in the whole run, what it prints, and the error line it ends in."""
    status, out, err = run(executable, script, "0", 120)
    counted = re.search(r"cede: (\d+) allocations", err)
    return (int(counted.group(1)), out, error_line(err) if status else "") if counted else (None, err, "")


def check_sweep(executable, script, pool):
    before, out, _ = allocations(executable, script)
    if before is None:
        return [(script, f"no count of allocations; is this a test build? {out}")]

    def one(piece):
        status, out, err = run(executable, script, f"{before},1", 900, piece)
        problem = fault(status, err)
        if problem is None and (status or "rounds" not in out):
            problem = f"did not come to its end: {out[-300:]} {err[-1000:]}"
        return f"CEDE_FAIL_ALLOCATION={before},1 {script} {piece}", problem

    return list(pool.map(one, out.split()))


def check_points(executable, script, points, pool):
    total, out, usual = allocations(executable, script)
    if total is None:
        return [(script, f"no count of allocations; is this a test build? {out}")]
    step = max(1, total // points)

    def one(point):
        status, out, err = run(executable, script, str(point), 120)
        return f"CEDE_FAIL_ALLOCATION={point} {script}", fault(status, err, usual)

    return list(pool.map(one, range(1, total + 1, step)))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("cede")
    parser.add_argument("--points", type=int, default=60)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("filters", nargs="*")
    arguments = parser.parse_intermixed_args()
    executable = os.path.abspath(arguments.cede)
    scripts = sorted(name for name in os.listdir(HERE) if name.endswith(".py") and name[0] != "_" and name != "check.py")
    passed = failed = 0
    with ThreadPoolExecutor(arguments.jobs) as pool:
        for script in scripts:
            if arguments.filters and not any(f in script for f in arguments.filters):
                continue
            with open(os.path.join(HERE, script), encoding="utf-8") as file:
                sweeps = "_sweep" in file.read()
            found = check_sweep(executable, script, pool) if sweeps else check_points(executable, script, arguments.points, pool)
            for name, problem in found:
                if problem is None:
                    passed += 1
                else:
                    failed += 1
                    print(f"FAILED {name}: {problem}", flush=True)
    print(f"allocation: {passed} passed, {failed} failed, 0 skipped")
    return 1 if failed else 0


sys.exit(main())
