"""Records what CPython 3.13 makes of the snippets in tests/unit/parser_snippets.txt (a Python literal on each line).

usage: python3.13 record_parser_goldens.py      writes tests/unit/parser_goldens.inc
"""

import ast
import pathlib
import sys
import warnings

if sys.version_info[:2] != (3, 13):
    sys.exit("needs CPython 3.13")

UNIT = pathlib.Path(__file__).parent.parent / "unit"


def outcome(source):
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.dump(ast.parse(source), include_attributes=True)
    except SyntaxError as e:
        numbers = [e.lineno, e.offset, e.end_lineno, e.end_offset]
        return "|".join([type(e).__name__, e.msg] + [str(n or 0) for n in numbers])


def literal(text):
    """Raw string literals, short enough for every compiler."""
    parts = [text[i:i + 8000] for i in range(0, len(text), 8000)] or [""]
    return " ".join(f'R"~({part})~"' for part in parts)


def main():
    lines = ["// Recorded by record_parser_goldens.py; do not edit."]
    for line in (UNIT / "parser_snippets.txt").read_text().splitlines():
        source = ast.literal_eval(line)
        lines.append("{%s,\n %s}," % (literal(source), literal(outcome(source))))
    (UNIT / "parser_goldens.inc").write_text("\n".join(lines) + "\n")


main()
