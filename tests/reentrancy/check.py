"""Runs the generated re-entrancy programs: none may crash, and each prints what CPython prints.

  check.py CEDE [--batch N] [--jobs N]      compares with expected.txt
  check.py --record PYTHON                  makes expected.txt (CPython 3.13.0)

Many programs share a process; one that kills it is found by the number it printed last, and the batch goes on behind it.
expected.txt has a line for each program: what it prints, or "?" where CPython leaves it open: it crashes, it does not
end, or its output depends on the hashes of strings. Such programs are run all the same, for crashes.
Ends in: reentrancy: N passed, N failed, N skipped
"""
import argparse
import os
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import generate

EXPECTED = os.path.join(os.path.dirname(os.path.abspath(__file__)), "expected.txt")
# Where CPython's answer is an accident of its memory layout, not a rule: reasons by the start of a name.
OPEN = {
    "bytearray: E(98, 'index') in c": "the bytes are looked at where they were before __index__ moved them",
}
ADDRESS = re.compile(r"0x[0-9a-fA-F]{6,}")


def run(executable, programs, seed="0", timeout=120):
    """The lines that the programs print, in order; "crash: status" for one that ends the process."""
    lines = []
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "batch.py")
        while len(lines) < len(programs):
            with open(path, "w", encoding="utf-8") as file:
                file.write(generate.batch(programs[len(lines):]))
            environment = dict(os.environ, PYTHONHASHSEED=seed, PYTHONDONTWRITEBYTECODE="1", LC_ALL="C.UTF-8")
            try:
                done = subprocess.run([executable, path], stdin=subprocess.DEVNULL, capture_output=True, env=environment, timeout=timeout)
                out, status, err = done.stdout, done.returncode, done.stderr
            except subprocess.TimeoutExpired as late:
                out, status, err = late.stdout or b"", "timeout", b""
            printed = ADDRESS.sub("0x", out.decode("utf-8", "backslashreplace")).split("\n")
            complete = [line.partition(" ")[2] for line in printed[:-1]]
            lines += complete
            if len(lines) < len(programs):
                reason = next((line for line in err.decode(errors="replace").splitlines() if "ERROR" in line or "runtime error" in line), "")
                lines.append(f"crash: {status} {reason}".rstrip())
            elif status != 0:
                lines[-1] += f" and at the end: {status}"
    return lines


def record(python):
    programs = list(generate.programs())
    runs = [run(python, programs, seed) for seed in ("0", "7", "0")]
    with open(EXPECTED, "w", encoding="utf-8") as file:
        for one, other, again in zip(*runs):
            file.write(("?" if one != other or one != again or one.startswith("crash") else one) + "\n")


def check(executable, size, jobs):
    programs = list(generate.programs())
    with open(EXPECTED, encoding="utf-8") as file:
        expected = file.read().split("\n")[:-1]
    if len(expected) != len(programs):
        sys.exit("expected.txt is of other programs: record it anew")
    batches = [programs[at:at + size] for at in range(0, len(programs), size)]
    with ThreadPoolExecutor(jobs) as pool:
        lines = [line for part in pool.map(lambda batch: run(executable, batch), batches) for line in part]
    passed = failed = 0
    for (name, _), wanted, line in zip(programs, expected, lines):
        undefined = wanted == "?" or any(name[5:].startswith(start) for start in OPEN)
        if line == wanted or undefined and not line.startswith("crash") and "and at the end:" not in line:
            passed += 1
        else:
            failed += 1
            print(f"FAILED {name}\n  expected {wanted[:300]}\n  got      {line[:300]}", flush=True)
    print(f"reentrancy: {passed} passed, {failed} failed, 0 skipped")
    return 1 if failed else 0


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("executable")
    parser.add_argument("--record", action="store_true")
    parser.add_argument("--batch", type=int, default=125)
    parser.add_argument("--jobs", type=int, default=2)
    arguments = parser.parse_args()
    executable = os.path.abspath(arguments.executable)
    return record(executable) if arguments.record else check(executable, arguments.batch, arguments.jobs)


if __name__ == "__main__":
    sys.exit(main())
