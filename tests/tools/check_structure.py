"""Checks the direction of includes: lang <- core <- types <- vm <- async <- stdlib; host is seen by vm, async, stdlib;
embed and cli see all. Prints offenders; exit status 1 if there are any."""
import os
import re
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
ALLOWED = {
    "lang": {"lang"},
    "runtime/core": {"runtime/core"},
    "runtime/types": {"runtime/core", "runtime/types", "lang"},
    "runtime/vm": {"runtime/core", "runtime/types", "runtime/vm", "runtime/host", "lang"},
    "runtime/async": {"runtime/core", "runtime/types", "runtime/vm", "runtime/host", "runtime/async"},
    "runtime/host": {"runtime/host"},
    "stdlib": {"runtime/core", "runtime/types", "runtime/vm", "runtime/host", "runtime/async", "stdlib", "lang"},
}
# Declared exceptions, with their reasons.
EXCEPTIONS = {
    ("runtime/core", "lang/unicode_names.hpp"): "character names are lang's data",
}


def room(path):
    parts = path.split("/")
    return "/".join(parts[:2]) if parts[0] == "runtime" else parts[0]


def main():
    bad = 0
    for top in ("lang", "runtime", "stdlib"):
        for base, _, names in os.walk(os.path.join(ROOT, top)):
            for name in names:
                if not name.endswith((".cpp", ".hpp", ".inc", ".def")):
                    continue
                path = os.path.relpath(os.path.join(base, name), ROOT)
                here = room(path)
                if here not in ALLOWED:
                    continue
                with open(os.path.join(ROOT, path), encoding="utf-8") as file:
                    for number, line in enumerate(file, 1):
                        match = re.match(r'\s*#include "((?:lang|runtime|stdlib)/[^"]+)"', line)
                        if match and room(match.group(1)) not in ALLOWED[here] and (here, match.group(1)) not in EXCEPTIONS:
                            print(f"{path}:{number}: {here} must not include {match.group(1)}")
                            bad += 1
    print(f"structure: {0 if bad else 1} passed, {1 if bad else 0} failed, 0 skipped")
    return 1 if bad else 0


sys.exit(main())
