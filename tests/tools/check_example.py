#!/usr/bin/env python3
"""Runs an example program on its script and compares what it prints with the record: check_example.py PROGRAM SCRIPT RECORD."""
import difflib
import subprocess
import sys

program, script, record = sys.argv[1:]
ran = subprocess.run([program, script], capture_output=True, text=True, timeout=60)
with open(record, encoding="utf-8") as file:
    expected = file.read()
passed = ran.returncode == 0 and ran.stdout == expected and not ran.stderr
if not passed:
    sys.stdout.writelines(difflib.unified_diff(expected.splitlines(True), ran.stdout.splitlines(True), "record", "printed"))
    print(ran.stderr, end="")
    print(f"exit status {ran.returncode}")
print(f"embedding example: {int(passed)} passed, {int(not passed)} failed, 0 skipped")
sys.exit(not passed)
