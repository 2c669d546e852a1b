"""Runs the benchmarks under Cede and CPython 3.13, interleaved, and prints ratios of user+system time less start-up.

  run.py --cede PATH --python PATH [--debian PATH] [--rounds N] [NAME ...]

Every benchmark prints a check line, which must agree. `startup` is measured apart, as wall time of a whole process.
"""
import argparse
import os
import resource
import statistics
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
HELLO = os.path.join(HERE, "..", "..", "examples", "hello.py")
BENCHMARKS = [
    ("switch", []), ("spawn_gather", []), ("spawn_await", []), ("await_depth", ["1"]), ("await_depth", ["512"]),
    ("await_plain", []), ("fib", []), ("closures", []), ("generators", []), ("methods", []), ("objects", []),
    ("sieve", []), ("nbody", []), ("mandelbrot", []), ("strings", []),
]


def measure(command):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, capture_output=True, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        return None, done.stderr.strip().split("\n")[-1]
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, done.stdout


def resident(command, count):
    done = subprocess.run(command + [os.path.join(HERE, "blocked_tasks.py"), str(count)], capture_output=True, text=True)
    for line in done.stdout.split("\n"):
        if line.startswith("resident"):
            return int(line.split()[1])
    return None


def wall(command, times=30):
    results = []
    for _ in range(times):
        start = time.perf_counter()
        subprocess.run(command, stdout=subprocess.DEVNULL)
        results.append(time.perf_counter() - start)
    return min(results), statistics.median(results)


def hello_memory(command):
    """The most memory, in KB, that the asyncio hello had resident at any time."""
    with open(HELLO) as file:
        program = file.read() + "\nwith open('/proc/self/status') as status:\n    print(status.read())\n"
    done = subprocess.run(command + ["-c", program], capture_output=True, text=True)
    for line in done.stdout.split("\n"):
        if line.startswith("VmHWM"):
            return int(line.split()[1])
    return None


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--cede", required=True)
    parser.add_argument("--python", required=True)
    parser.add_argument("--debian")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("names", nargs="*")
    a = parser.parse_args()
    interpreters = [("cede", a.cede), ("python", a.python)] + ([("debian", a.debian)] if a.debian else [])
    base = {name: min(measure([path, "-c", "pass"])[0] for _ in range(5)) for name, path in interpreters}
    print(f"{'work':24} {'cede s':>8} {'3.13 s':>8} {'ratio':>6}" + ("  ratio to debian" if a.debian else ""))
    for name, arguments in BENCHMARKS:
        if a.names and name not in a.names:
            continue
        times, outputs = {n: [] for n, _ in interpreters}, {}
        for _ in range(a.rounds):
            for label, path in interpreters:
                seconds, output = measure([path, os.path.join(HERE, name + ".py")] + arguments)
                outputs[label] = output
                if seconds is not None:
                    times[label].append(seconds - base[label])
        title = " ".join([name] + arguments)
        if not times["cede"] or outputs["cede"] != outputs["python"]:
            print(f"{title:24} FAILED: {outputs['cede']!r:.100} expected {outputs['python']!r:.60}")
            continue
        ours, theirs = min(times["cede"]), min(times["python"])
        line = f"{title:24} {ours:8.3f} {theirs:8.3f} {theirs / max(ours, 1e-6):6.2f}"
        if a.debian and times["debian"]:
            line += f"  {min(times['debian']) / max(ours, 1e-6):6.2f}"
        print(line, flush=True)
    if not a.names or "memory" in a.names:
        for label, path in interpreters:
            few, many = resident([path], 0), resident([path], 200000)
            print(f"bytes per blocked task, {label}: {(many - few) / 200000:.0f}" if few and many else f"blocked_tasks failed under {label}")
    if not a.names or "startup" in a.names:
        for label, path in interpreters:
            plain, hello = wall([path, "-c", "pass"]), wall([path, HELLO])
            print(f"start-up, {label}: -c pass {plain[0] * 1000:.2f} ms (median {plain[1] * 1000:.2f}), "
                  f"asyncio hello {hello[0] * 1000:.2f} ms (median {hello[1] * 1000:.2f}), {hello_memory([path])} KB resident")


main()
