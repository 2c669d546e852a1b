"""Runs the test scripts under an interpreter and compares with their records, or makes the records.

  scripts.py check --cede PATH [--jobs N] [--timeout S] [--scale name] [FILTER ...]
  scripts.py record [FILTER ...]        (under CPython 3.13.0 only)

A script is tests/scripts/**/x.py or examples/x.py; files in a folder named `lib` or whose name starts with `_` are
helpers of others. Its record x.record lies beside it: exit status, stdout, stderr as CPython 3.13.0 gave them. Special first lines of a script:
  # args: a b c           command-line arguments
  # flags: -X dev         interpreter options
  # stdin: text           what is piped in ("\\n" for newlines)
  # timeout: 60           seconds allowed (default 20)
Masked on both sides: the script's folder, addresses, frames of library files.
"""
import argparse
import os
import re
import shlex
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
FOLDERS = [os.path.join(ROOT, "tests", "scripts"), os.path.join(ROOT, "examples")]
ADDRESS = re.compile(r"0x[0-9a-fA-F]{6,}")
HEADER = re.compile(r"^# (args|flags|stdin|timeout): (.*)$")


def scripts(filters):
    found = []
    for folder in FOLDERS:
        for base, folders, names in os.walk(folder):
            folders[:] = sorted(d for d in folders if d not in ("lib", "embed", "__pycache__"))
            for name in sorted(names):
                if name.endswith(".py") and not name.startswith("_"):
                    path = os.path.join(base, name)
                    if not filters or any(f in os.path.relpath(path, ROOT) for f in filters):
                        found.append(path)
    return found


def options(path):
    values = {"args": [], "flags": [], "stdin": None, "timeout": 20.0}
    with open(path, encoding="utf-8", errors="replace") as file:
        for line in file:
            if not line.startswith("#"):
                break
            match = HEADER.match(line.rstrip("\n"))
            if match:
                key, text = match.groups()
                values[key] = (shlex.split(text) if key in ("args", "flags") else
                               float(text) if key == "timeout" else text.encode().decode("unicode_escape"))
    return values


def mask(text, path):
    text = text.replace(os.path.dirname(path), "<DIR>")
    text = ADDRESS.sub("0xADDRESS", text)
    lines, skip = [], False
    for line in text.split("\n"):
        match = re.match(r'^([\s|+-]*)File "([^"]+)", line \d+', line)
        if match:
            skip = not match.group(2).startswith("<DIR>") and not match.group(2) in ("<string>", "<stdin>", "<unknown>")
            if skip:
                continue
        elif skip and re.match(r"^[\s|]*\s{2,}\S", line):
            continue
        else:
            skip = False
        lines.append(line)
    return "\n".join(lines)


# Started in the background of a shell, we would hand on to the scripts that SIGINT is ignored.
signal.signal(signal.SIGINT, signal.default_int_handler)


def environment():
    env = dict(os.environ, PYTHONDONTWRITEBYTECODE="1", NO_COLOR="1", PYTHON_COLORS="0", PYTHONIOENCODING="utf-8",
               PYTHONHASHSEED="0", TZ="UTC", LC_ALL="C.UTF-8")
    for name in ("FORCE_COLOR", "PYTHONASYNCIODEBUG", "PYTHONDEVMODE"):
        env.pop(name, None)
    return env


def run(command, path, timeout_factor=1.0):
    chosen = options(path)
    argv = command + chosen["flags"] + [path] + chosen["args"]
    try:
        done = subprocess.run(argv, input=(chosen["stdin"] or "").encode(), capture_output=True, env=environment(),
                              cwd=os.path.dirname(path), timeout=chosen["timeout"] * timeout_factor, start_new_session=True)
    except subprocess.TimeoutExpired:
        return None
    out = done.stdout.decode("utf-8", "backslashreplace")
    err = done.stderr.decode("utf-8", "backslashreplace")
    return f"status {done.returncode}\n--- stdout\n{mask(out, path)}--- stderr\n{mask(err, path)}"


def record_path(path):
    return path[:-3] + ".record"


def first_difference(expected, actual):
    ours, theirs = actual.split("\n"), expected.split("\n")
    for number, (a, b) in enumerate(zip(theirs + [""] * len(ours), ours + [""] * len(theirs))):
        if a != b:
            return f"line {number + 1}: expected {a[:160]!r}, got {b[:160]!r}"
    return "?"


def check(arguments):
    command = shlex.split(arguments.cede)
    command[0] = os.path.abspath(command[0])

    def one(path):
        if not os.path.exists(record_path(path)):
            return path, "has no record"
        with open(record_path(path), encoding="utf-8") as file:
            expected = file.read()
        for _ in range(arguments.tries):
            actual = run(command, path, arguments.timeout_factor)
            if actual == expected:
                return path, None
        return path, "timed out" if actual is None else first_difference(expected, actual)

    passed = failed = 0
    with ThreadPoolExecutor(arguments.jobs) as pool:
        for path, problem in pool.map(one, scripts(arguments.filters)):
            if problem is None:
                passed += 1
            else:
                failed += 1
                print(f"FAILED {os.path.relpath(path, ROOT)}: {problem}", flush=True)
    print(f"scripts: {passed} passed, {failed} failed, 0 skipped")
    return 1 if failed else 0


def record(arguments):
    if sys.version_info[:3] != (3, 13, 0) or sys.implementation.name != "cpython" or "[GCC" not in sys.version and "[Clang" not in sys.version:
        sys.exit("records are made under CPython 3.13.0 only")
    for path in scripts(arguments.filters):
        made = run([sys.executable], path)
        again = run([sys.executable], path)
        if made is None:
            print(f"{os.path.relpath(path, ROOT)}: timed out, not recorded")
        elif made != again:
            print(f"{os.path.relpath(path, ROOT)}: two runs differ, not recorded")
        else:
            with open(record_path(path), "w", encoding="utf-8") as file:
                file.write(made)
    return 0


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=["check", "record"])
    parser.add_argument("--cede", default=os.path.join(ROOT, "build", "cede"))
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--tries", type=int, default=1)
    parser.add_argument("--timeout-factor", type=float, default=1.0)
    parser.add_argument("filters", nargs="*")
    arguments = parser.parse_intermixed_args()
    sys.exit(check(arguments) if arguments.what == "check" else record(arguments))


main()
