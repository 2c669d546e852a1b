"""Compares the syntax trees of Cede and CPython, byte for byte, positions included.

usage: python3.13 compare_ast.py AST_DUMP_TOOL [FILE...] [--every N]

Without files: the running Python's library (every N-th file of it). Files that CPython rejects must be rejected alike.
"""

import argparse
import ast
import os
import pathlib
import subprocess
import sys
import warnings

LIB = pathlib.Path(os.__file__).parent


def expected(path):
    data = pathlib.Path(path).read_bytes()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.dump(compile(data, "x", "exec", ast.PyCF_ONLY_AST), include_attributes=True)
    except SyntaxError as e:
        numbers = [e.lineno, e.offset, e.end_lineno, e.end_offset]
        return "|".join([type(e).__name__, e.msg.replace("\n", "\\n")] + [str(n or 0) for n in numbers])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("tool")
    parser.add_argument("files", nargs="*")
    parser.add_argument("--every", type=int, default=1)
    options = parser.parse_args()
    files = options.files or [str(p) for p in sorted(LIB.rglob("*.py")) if "site-packages" not in str(p)]
    files = files[::options.every]
    different = 0
    for start in range(0, len(files), 20):
        batch = files[start:start + 20]
        run = subprocess.run([options.tool, *batch], capture_output=True)
        results = run.stdout.decode("utf-8", "surrogateescape").split("\n")
        if run.returncode != 0:
            sys.exit(f"the tool died with {run.returncode} in {batch[len(results) - 1]}")
        for path, got in zip(batch, results):
            want = expected(path)
            if got == want:
                continue
            different += 1
            at = next((i for i, (a, b) in enumerate(zip(want, got)) if a != b), min(len(want), len(got)))
            print(f"{path}: want ...{want[max(0, at - 100):at + 120]!r}\n   got ...{got[max(0, at - 100):at + 120]!r}")
    print(f"syntax trees: {len(files) - different} passed, {different} failed, 0 skipped")
    sys.exit(different != 0)


if __name__ == "__main__":
    main()
