"""Makes allocations fail, one after the other, while scripts run: what comes of it is MemoryError or nothing at all.

  check.py CEDE [--points N] [--jobs N] [FILTER ...]

CEDE is a build with -Dallocation_checks=true, best with AddressSanitizer. Scripts that use _sweep.py or loop themselves
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


def run(executable, script, failure, timeout):
    environment = dict(os.environ, CEDE_FAIL_ALLOCATION=failure, PYTHONHASHSEED="0", LC_ALL="C.UTF-8")
    try:
        done = subprocess.run([executable, script], cwd=HERE, env=environment, capture_output=True, timeout=timeout,
                              stdin=subprocess.DEVNULL)
    except subprocess.TimeoutExpired:
        return None, "", "timed out"
    return done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")


def fault(status, err):
    """What must never happen, or None."""
    if status is None:
        return "timed out"
    found = FAULTS.search(err)
    if found:
        return err[max(0, found.start() - 200):found.start() + 3000]
    if status not in (0, 1, 120):
        return f"status {status}: {err[-1000:]}"
    if status and "MemoryError" not in err:
        return f"status {status} without a MemoryError: {err[-1000:]}"
    return None


def check_sweep(executable, script):
    status, out, err = run(executable, script, "1,1", 900)
    problem = fault(status, err)
    if problem is None and (status or "done" not in out):
        problem = f"did not come to its end: {out[-300:]} {err[-1000:]}"
    return [(script, problem)]


def check_points(executable, script, points, pool):
    status, expected, err = run(executable, script, "0", 120)
    counted = re.search(r"cede: (\d+) allocations", err)
    if not counted:
        return [(script, f"no count of allocations; is this a test build? {err[-500:]}")]
    total = int(counted.group(1))
    step = max(1, total // points)

    def one(point):
        status, out, err = run(executable, script, str(point), 120)
        return f"CEDE_FAIL_ALLOCATION={point} {script}", fault(status, err)

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
                loops = "except MemoryError" in (text := file.read()) or "_sweep" in text
            found = check_sweep(executable, script) if loops else check_points(executable, script, arguments.points, pool)
            for name, problem in found:
                if problem is None:
                    passed += 1
                else:
                    failed += 1
                    print(f"FAILED {name}: {problem}", flush=True)
    print(f"allocation: {passed} passed, {failed} failed, 0 skipped")
    return 1 if failed else 0


sys.exit(main())
