"""Programs that wait for ever, which Cede reports and ends, and programs that only look like it.

  check.py CEDE [FILTER ...]      each NAME.py ends with status 13 and the report NAME.expected on stderr; each
                                  alike/NAME.py is not reported, and prints what alike/NAME.record has
  check.py --record PYTHON        makes the records of alike/ (CPython 3.13.0)
  check.py --show CEDE NAME       what NAME.expected is compared with, to be read before it is kept

A program of alike/ may print what it needs: "signal NAME" is sent that signal, "input" gets a line, "kill" is killed after
a while in which it must have gone on waiting. In reports the library's frames are left out and addresses are numbered.
Ends in: deadlocks: N passed, N failed, N skipped
"""
import os
import re
import signal
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
STATUS = 13


def start(executable, path, **options):
    environment = dict(os.environ, PYTHONDONTWRITEBYTECODE="1", LC_ALL="C.UTF-8", PYTHONHASHSEED="0")
    return subprocess.Popen([executable, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, cwd=HERE, **options)


def mask(text, folder):
    numbers = {}
    text = "".join(line for line in text.splitlines(keepends=True) if not line.startswith("    <frozen "))
    text = re.sub(r"0x[0-9a-f]+", lambda m: "#" + str(numbers.setdefault(m[0], len(numbers) + 1)), text)
    return text.replace(folder + "/", "")


def run_deadlock(executable, name):
    process = start(executable, os.path.join(HERE, name + ".py"), stderr=subprocess.PIPE)
    try:
        out, errors = process.communicate(timeout=60)
    except subprocess.TimeoutExpired:
        process.kill()
        out, errors = process.communicate()
        return f"did not end\n{out.decode()}{errors.decode()}"
    report = mask(errors.decode(), HERE)
    return f"status {process.returncode}\n{out.decode()}---\n{report}"


def run_alike(executable, name):
    process = start(executable, os.path.join(HERE, "alike", name + ".py"), stderr=subprocess.STDOUT)
    lines = []
    for line in process.stdout:
        lines.append(line.decode())
        wish, _, which = lines[-1].strip().partition(" ")
        if wish in ("signal", "input", "kill"):
            time.sleep(0.3)  # in which it must not be reported
        if wish == "signal":
            process.send_signal(getattr(signal, which))
        elif wish == "input":
            process.stdin.write(b"line\n")
            process.stdin.flush()
        elif wish == "kill":
            process.kill()
    process.communicate()
    return f"status {process.wait()}\n{''.join(lines)}"


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def names_in(folder):
    return sorted(name[:-3] for name in os.listdir(folder) if name.endswith(".py") and name != "check.py")


def cases():
    for name in names_in(HERE):
        yield name, run_deadlock, name, os.path.join(HERE, name + ".expected")
    for name in names_in(os.path.join(HERE, "alike")):
        yield "alike/" + name, run_alike, name, os.path.join(HERE, "alike", name + ".record")


def record(python):
    for name in names_in(os.path.join(HERE, "alike")):
        with open(os.path.join(HERE, "alike", name + ".record"), "w", encoding="utf-8") as file:
            file.write(run_alike(python, name))


def check(executable, filters):
    passed = failed = 0
    for shown, run, name, path in cases():
        if filters and not any(f in shown for f in filters):
            continue
        expected, actual = read(path), run(executable, name)
        if run is run_deadlock and not actual.startswith(f"status {STATUS}\n"):
            expected = f"status {STATUS}, whatever {path} says"
        if actual == expected:
            passed += 1
        else:
            failed += 1
            print(f"FAILED {shown}\n--- expected\n{expected}--- got\n{actual}", flush=True)
    print(f"deadlocks: {passed} passed, {failed} failed, 0 skipped")
    return 1 if failed else 0


def main():
    arguments = sys.argv[1:]
    if len(arguments) == 2 and arguments[0] == "--record":
        return record(os.path.abspath(arguments[1]))
    if len(arguments) == 3 and arguments[0] == "--show":
        return print(run_deadlock(os.path.abspath(arguments[1]), arguments[2]), end="")
    if not arguments or arguments[0].startswith("-"):
        sys.exit(__doc__)
    return check(os.path.abspath(arguments[0]), arguments[1:])


if __name__ == "__main__":
    sys.exit(main())
