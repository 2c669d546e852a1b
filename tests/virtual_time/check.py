"""Checks --virtual-time: scripts whose outputs are CPython's, which ran them in real time with a short unit of time.

  check.py CEDE [FILTER ...]            runs each script with hours for units, against its record
  check.py --record PYTHON [FILTER ...] makes the records (CPython 3.13.0)

Ends in: virtual_time: N passed, N failed, N skipped
"""
import glob
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
LONG_UNIT, SHORT_UNIT = "3600", "1"
TIMEOUT = 60  # seconds; what really waits takes hours


def scripts(filters):
    for path in sorted(glob.glob(os.path.join(HERE, "*.py"))):
        name = os.path.basename(path)
        if name != "check.py" and (not filters or any(f in name for f in filters)):
            yield name, path, path[:-3] + ".record"


def run(command):
    environment = dict(os.environ, TZ="UTC", PYTHONDONTWRITEBYTECODE="1", NO_COLOR="1")
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT, env=environment, stdin=subprocess.DEVNULL)
    except subprocess.TimeoutExpired:
        return "did not end\n"
    return done.stdout + done.stderr + f"status {done.returncode}\n"


def record(python, filters):
    version = subprocess.run([python, "-c", "import sys; print(sys.version_info[:3], sys.implementation.name)"],
                             capture_output=True, text=True).stdout
    if version != "(3, 13, 0) cpython\n":
        sys.exit(f"records are made by CPython 3.13.0, not by {version!r}")
    for _, path, record_path in scripts(filters):
        with open(record_path, "w", encoding="utf-8") as file:
            file.write(run([python, path, SHORT_UNIT]))


def check(cede, filters):
    passed = failed = 0
    for name, path, record_path in scripts(filters):
        with open(record_path, encoding="utf-8") as file:
            expected = file.read()
        found = run([cede, "--virtual-time", path, LONG_UNIT])
        if found == expected:
            passed += 1
        else:
            failed += 1
            print(f"{name}: expected\n{expected}found\n{found}")
    print(f"virtual_time: {passed} passed, {failed} failed, 0 skipped")
    return failed


def main():
    arguments = sys.argv[1:]
    if len(arguments) >= 2 and arguments[0] == "--record":
        record(arguments[1], arguments[2:])
    elif arguments and not arguments[0].startswith("-"):
        sys.exit(1 if check(os.path.abspath(arguments[0]), arguments[1:]) else 0)
    else:
        sys.exit(__doc__)


main()
