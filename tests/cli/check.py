"""Checks what the command line does: ways to give a program, options, exit statuses, signals (signal_cases.py, quit_cases.py), deadlocks (deadlock_cases.py), closed pipes.

  check.py CEDE [FILTER ...]            compares with expected.json
  check.py --record PYTHON              makes expected.json (CPython 3.13.0)

A case is a function that gets a Runner and returns what is compared; those marked `own` have texts of Cede's own, and
return None or what is wrong. Ends in: cli: N passed, N failed, N skipped
"""
import json
import os
import pty
import re
import select
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
import deadlock_cases  # these register their cases
import quit_cases
import signal_cases
from runner import CASES, Runner, case, own

HERE = os.path.dirname(os.path.abspath(__file__))
EXPECTED = os.path.join(HERE, "expected.json")


# ---- ways to give a program


@case
def command(r):
    return r.run("-c", "import sys; print(sys.argv, __name__)", "a", "-b", "--c")


@case
def script_arguments(r):
    path = r.write("args.py", "import sys\nprint(sys.argv[1:], __name__, __file__, sys.path[0])\n")
    return r.run(path, "one", "two words", "-c", "--", "-x"), r.run("args.py", "relative")


@case
def standard_input(r):
    return r.run(stdin="import sys\nprint(sys.argv)\nx = 1\nif x:\n    print('block')\nprint('end')\n")


@case
def dash(r):
    return r.run("-", "a", "b", stdin="import sys\nprint(sys.argv, __name__)")


@case
def folder_with_main(r):
    r.write("app/__main__.py", "import sys, helper\nprint(__name__, sys.argv[1:], helper.value, sys.path[0])\n")
    r.write("app/helper.py", "value = 'helped'\n")
    return r.run("app", "x"), r.run("app/")


@case
def folder_without_main(r):
    r.write("empty/other.py", "")
    return r.run("empty")


@case
def module(r):
    r.write("mod.py", "import sys\nprint(__name__, sys.argv[1:], __file__, __package__)\n")
    r.write("pkg/__init__.py", "print('package', __name__)\n")
    r.write("pkg/__main__.py", "import sys\nprint('main', __name__, sys.argv[1:], __package__)\n")
    r.write("pkg/sub.py", "from . import __name__ as n\nprint('sub of', n)\n")
    return r.run("-m", "mod", "a"), r.run("-m", "pkg", "b"), r.run("-m", "pkg.sub")


@case
def module_missing(r):
    r.write("pkg/__init__.py", "")
    return r.run("-m", "no_such_thing"), r.run("-m", "pkg"), r.run("-m", "pkg.nothing")


@case
def missing_file(r):
    return r.run("no/such/file.py"), r.run("nothing.py", "args")


@case
def joined_options(r):
    return r.run("-uc", "print('joined')"), r.run("-ucprint('attached')"), r.run("-EOqc", "print('three')")


@case
def options_end_at_script(r):
    r.write("a.py", "import sys; print(sys.argv[1:])")
    return r.run("a.py", "-V", "--help", "-c")


@case
def wrong_option(r):
    result = r.run("-Z"), r.run("--no-such-option"), r.run("-c"), r.run("-m")
    return [[one[0], one[1], one[2].splitlines()[0]] for one in result]


# ---- exit statuses


@case
def statuses(r):
    codes = ["pass", "raise SystemExit", "raise SystemExit(None)", "raise SystemExit(7)", "raise SystemExit(256 + 3)", "raise SystemExit(-1)",
             "raise SystemExit('text')", "raise SystemExit(1.5)", "raise SystemExit((1, 2))", "import sys; sys.exit(True)", "exit(4)", "1 / 0",
             "raise KeyboardInterrupt", "raise BaseException('b')", "x = (", "import sys; sys.stderr.write('e'); sys.exit([])"]
    return [[code, r.run("-c", code)] for code in codes]


@case
def exit_flushes(r):
    return r.run("-c", "import sys; sys.stdout.write('no newline'); sys.stderr.write('err'); sys.exit(3)")


@case
def atexit_order(r):
    return r.run("-c", "import atexit\natexit.register(print, 'first registered')\natexit.register(print, 'second')\n"
                       "atexit.register(lambda: 1 / 0)\nprint('main')\nraise ValueError('end')")


# ---- reports


@case
def last_error(r):
    code = "import sys, atexit\natexit.register(lambda: print(repr(sys.last_exc), sys.last_value is sys.last_exc, sys.last_type, sys.last_traceback.tb_lineno))\n"
    return (r.run("-c", code + "1 / 0"), r.run("-i", "-q", "-c", "1 / 0", stdin="import sys\nsys.last_exc, sys.last_type, sys.last_traceback.tb_lineno\n"),
            r.run("-i", "-q", "-c", "raise SystemExit(3)", stdin="import sys\nsys.last_value\n"),
            r.run("-c", "import sys\nsys.excepthook = lambda *error: print(sys.last_value is error[1])\nundefined"))


@case
def traceback_of_command(r):
    return r.run("-c", "def f():\n    return 1 / 0\nf()"), r.run("-c", "undefined_name"), r.run("-c", "import nothing_here")


@case
def traceback_of_stdin(r):
    return r.run(stdin="def f():\n    return 1 / 0\nf()\n"), r.run("-", stdin="x = 1 +\n")


@case
def syntax_errors(r):
    texts = ["x = (1,\ny = 2\n", "def f():\nreturn 1\n", "print 'old'\n", "if x\n    pass\n", "x = 'abc\n", "  x = 1\n", "a = 1 b\n", "é = = 1\n",
             "def f():\n\tif 1:\n        x\n", "f(a b)\n", "return 1\n", "x: int = \n", "class\n"]
    return [[text, r.run(r.write("bad.py", text))] for text in texts]


@case
def syntax_error_in_module(r):
    r.write("broken.py", "def f(:\n    pass\n")
    return r.run(r.write("importer.py", "import broken\n"))


@case
def bad_encoding(r):
    path = r.write("latin.py", "")
    with open(path, "wb") as file:
        file.write(b"x = '\xe9'\n")
    other = r.write("unknown.py", "# -*- coding: nothing-known -*-\nx = 1\n")
    good = r.write("declared.py", "")
    with open(good, "wb") as file:
        file.write(b"# -*- coding: latin-1 -*-\nprint(ascii('\xe9'))\n")
    return r.run(path), r.run(other), r.run(good)


@case
def null_bytes(r):
    path = r.write("null.py", "print(1)\n\0\n")
    return [r.run(path)[0], "null bytes" in r.run(path)[2]]


@case
def report_without_newline(r):
    return r.run(r.write("no_newline.py", "x = 1\nraise ValueError(x)"))


@case
def crlf_and_bom(r):
    path = r.write("crlf.py", "")
    with open(path, "wb") as file:
        file.write("\ufeffx = '''a\r\nb'''\r\nif x:\r\n    print(repr(x))\r\n".encode())
    return r.run(path)


# ---- options and the environment


@own
def version(r):
    status, out, err = r.run("--version")
    also = r.run("-V")
    if status or err or not re.fullmatch(r"(Cede|Python) \d+\.\d+\S*\n", out) or also != [status, out, err]:
        return f"--version gave {status} {out!r} {err!r}, -V {also}"


@own
def help_text(r):
    status, out, err = r.run("--help")
    if status or err or "usage" not in out.lower() or "-c" not in out or "-m" not in out:
        return f"--help gave {status} {out[:80]!r} {err!r}"
    if "--virtual-time" not in out:
        return "--help does not tell of --virtual-time"
    if r.run("-h") != [status, out, err]:
        return "-h differs from --help"


@case
def optimise(r):
    code = "assert False, 'asserted'\nprint(__debug__, f.__doc__)\n"
    code = "def f():\n    'doc'\n" + code
    return r.run("-O", "-c", code), r.run("-OO", "-c", code), r.run("-c", code), r.run("-c", "import sys; print(sys.flags.optimize)",
                                                                                      environment={"PYTHONOPTIMIZE": "1"})


@case
def warning_options(r):
    code = "import warnings\nwarnings.warn('w', DeprecationWarning)\nwarnings.warn('u')\nprint('end')"
    return ([r.run(*options, "-c", code) for options in ((), ("-W", "ignore"), ("-W", "error"), ("-Wignore::UserWarning",), ("-W", "error::DeprecationWarning"),
                                                         ("-W", "always"), ("-W", "ignore", "-W", "default"))],
            r.run("-c", code, environment={"PYTHONWARNINGS": "ignore"}), r.run("-E", "-c", code, environment={"PYTHONWARNINGS": "ignore"}))


@case
def never_awaited_as_error(r):
    return r.run("-W", "error", "-c", "async def f(): pass\nf()\nprint('end')")


@own
def warning_as_error_has_no_other_frames(r):
    """warnings.warn is no script code as far as tracebacks go."""
    for code in ("import warnings; warnings.warn('w')", "import warnings; warnings.warn_explicit('w', UserWarning, 'f', 1)", "x = True; ~x"):
        status, _, err = r.run("-W", "error", "-c", code)
        if status != 1 or err.count("File ") != 1:
            return f"{code}: {status} {err}"


@case
def development_mode(r):
    code = "import sys, asyncio\nasync def main(): print(asyncio.get_running_loop().get_debug())\nprint(sys.flags.dev_mode)\nasyncio.run(main())"
    return r.run("-X", "dev", "-c", code), r.run("-c", code), r.run("-c", code, environment={"PYTHONASYNCIODEBUG": "1"}), r.run(
        "-c", code, environment={"PYTHONDEVMODE": "1"}), [
        r.run(*flags, "-c", code, environment={"PYTHONASYNCIODEBUG": value})
        for value in ("", "0", "1") for flags in ((), ("-E",), ("-I",), ("-E", "-X", "dev"))]


@case
def hash_seed(r):
    code = "print({'a', 'b', 'c', 'd', 'e'}, hash('text'), hash(b'bytes'))"
    return ([r.run("-c", code, environment={"PYTHONHASHSEED": seed}) for seed in ("0", "1", "42", "4294967295")],
            [r.run("-c", code, environment={"PYTHONHASHSEED": seed}) for seed in ("x", "-1", "4294967296")])


@own
def hash_seed_random(r):
    outputs = {r.run("-c", "print(hash('text'))")[1] for _ in range(3)}
    if len(outputs) < 2:
        return "hashes of strings do not vary"
    if r.run("-E", "-c", "print(hash('text'))", environment={"PYTHONHASHSEED": "0"})[1] == r.run("-c", "print(hash('text'))", environment={"PYTHONHASHSEED": "0"})[1]:
        return "-E does not ignore PYTHONHASHSEED"


@case
def ignore_environment(r):
    r.write("elsewhere/from_path.py", "value = 1")
    code = "try:\n    import from_path\n    print('found')\nexcept ImportError as error:\n    print(error)"
    path = os.path.join(r.folder, "elsewhere")
    return r.run("-c", code, environment={"PYTHONPATH": path}), r.run("-E", "-c", code, environment={"PYTHONPATH": path})


@case
def flags(r):
    code = "import sys; f = sys.flags; print(f.optimize, f.inspect, f.quiet, f.ignore_environment, f.dev_mode, f.interactive, f.hash_randomization)"
    return [r.run(*options, "-c", code) for options in ((), ("-O",), ("-q",), ("-E",), ("-X", "dev"))]


# ---- streams


@case
def unbuffered(r):
    results = []
    for options, environment in (((), {}), (("-u",), {}), ((), {"PYTHONUNBUFFERED": "1"})):
        process = r.start(*options, "-c", "import sys\nprint('first')\nsys.stdin.readline()\nprint('second')", stdin=subprocess.PIPE,
                          stdout=subprocess.PIPE, environment=environment)
        early = bool(select.select([process.stdout], [], [], 0.4 if not options and not environment else 10)[0])
        out, _ = process.communicate(b"\n", timeout=20)
        results.append([early, out.decode(), process.returncode])
    return results


@case
def line_buffered_on_terminal(r):
    master, slave = pty.openpty()
    process = r.start("-c", "import sys\nprint('first')\nsys.stdin.readline()\nprint(sys.stdout.isatty())", stdin=subprocess.PIPE, stdout=slave)
    os.close(slave)
    early = bool(select.select([master], [], [], 10)[0])
    process.communicate(b"\n", timeout=20)
    data = b""
    while select.select([master], [], [], 0.2)[0]:
        try:
            chunk = os.read(master, 1000)
        except OSError:
            break
        if not chunk:
            break
        data += chunk
    os.close(master)
    return [early, data.decode(), process.returncode]


@case
def closed_pipe_while_writing(r):
    process = r.start("-c", "for i in range(200000): print(i)", stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    first = process.stdout.readline()
    process.stdout.close()
    err = process.stderr.read().decode()
    return [first.decode(), process.wait(20), r.mask(err)]


@case
def closed_pipe_at_exit(r):
    process = r.start("-c", "import sys\nsys.stdin.readline()\nprint('lost')", stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    process.stdout.close()
    process.stdin.write(b"\n")
    process.stdin.close()
    err = process.stderr.read().decode()
    return [process.wait(20), r.mask(err)]


@case
def closed_pipe_caught(r):
    code = ("import sys\nsys.stdin.readline()\ntry:\n    print('lost', flush=True)\nexcept BrokenPipeError as error:\n"
            "    print('caught', error, file=sys.stderr)\n")
    process = r.start("-c", code, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    process.stdout.close()
    process.stdin.write(b"\n")
    process.stdin.close()
    err = process.stderr.read().decode()
    return [process.wait(20), r.mask(err)]


@case
def standard_streams_closed(r):
    results = []
    for closing in ("0<&-", "1>&-", "2>&-"):
        code = "import sys; print(sys.stdin is None, sys.stdout is None, sys.stderr is None, file=sys.stderr or sys.stdout); print('x')"
        done = subprocess.run(f"'{r.executable}' -c \"{code}\" {closing}", shell=True, cwd=r.folder, env=r.environment, capture_output=True, timeout=30)
        results.append([closing, done.returncode, done.stdout.decode(), done.stderr.decode()])
    return results


@case
def surrogates_to_output(r):
    return r.run("-c", "import sys\ntry:\n    print('\\udc80')\nexcept UnicodeEncodeError as error:\n    print(error)\nprint('\\udc80', file=sys.stderr)")


@case
def binary_through_streams(r):
    return r.run("-c", "import sys\ndata = sys.stdin.buffer.read()\nsys.stdout.buffer.write(data[::-1])\nsys.stdout.write('text')", stdin="abc")


# ---- two processes


@case
def cruncher_and_server(r):
    example = os.path.join(os.path.dirname(os.path.dirname(HERE)), "examples", "number_cruncher.py")
    server = r.start(example, "serve", stdout=subprocess.PIPE)
    port = server.stdout.readline().decode().strip()
    result = r.run(example, "crunch", port)
    out, _ = server.communicate(timeout=20)
    return [result, out.decode(), server.returncode]


# ---- interactive


@case
def inspect_after_script(r):
    r.write("a.py", "x = 20\nprint('ran')\n")
    return r.run("-i", "-q", "a.py", stdin="x + 1\n_ * 2\nprint('bye')\n"), r.run("-i", "-q", "-c", "y = 5\n1 / 0", stdin="y\n")


@case
def interactive_blocks(r):
    return r.run("-i", "-q", stdin="def f(a):\n    return a * 2\n\nf(4)\nfor i in range(2):\n    i\n\n'text'\nNone\nx = 3\nx; x + 1\n")


@case
def interactive_errors(r):
    return r.run("-i", "-q", stdin="1 / 0\nx = (\n1 +\n)\ndef f(:\n'still here'\nraise SystemExit(3)\n")


@case
def display_hook(r):
    return r.run("-i", "-q", stdin="import sys\nsys.displayhook = lambda value: print('shown', value)\n5\nsys.ps1 = 'p '\n6\n")


# ---- the harness


def run_case(function, executable):
    with tempfile.TemporaryDirectory() as folder:
        return json.loads(json.dumps(function(Runner(executable, os.path.realpath(folder)))))


def record(python):
    expected = {}
    for name, function, is_own in CASES:
        if not is_own:
            expected[name] = run_case(function, python)
            if run_case(function, python) != expected[name]:
                print(f"{name}: two runs differ")
    with open(EXPECTED, "w", encoding="utf-8") as file:
        json.dump(expected, file, indent=1, ensure_ascii=True)
        file.write("\n")


def difference(expected, actual, path=""):
    if isinstance(expected, list) and isinstance(actual, list) and len(expected) == len(actual):
        for index, (a, b) in enumerate(zip(expected, actual)):
            if a != b:
                return difference(a, b, f"{path}[{index}]")
    return f"{path}: expected {expected!r}\n     got {actual!r}"


def check(executable, filters):
    with open(EXPECTED, encoding="utf-8") as file:
        expected = json.load(file)
    passed = failed = 0
    for name, function, is_own in CASES:
        if filters and not any(f in name for f in filters):
            continue
        problem = None
        for _ in range(2):  # a loaded machine may be late
            try:
                actual = run_case(function, executable)
                problem = actual if is_own else None if actual == expected[name] else difference(expected[name], actual)
            except Exception as error:
                problem = f"{type(error).__name__}: {error}"
            if problem is None:
                break
        if problem is None:
            passed += 1
        else:
            failed += 1
            print(f"FAILED {name} {problem}", flush=True)
    print(f"cli: {passed} passed, {failed} failed, 0 skipped")
    return 1 if failed else 0


def main():
    arguments = sys.argv[1:]
    if len(arguments) == 2 and arguments[0] == "--record":
        return record(os.path.realpath(arguments[1]))
    if not arguments:
        sys.exit(__doc__)
    return check(os.path.realpath(arguments[0]), arguments[1:])


if __name__ == "__main__":
    sys.exit(main())
