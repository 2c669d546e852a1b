"""Single-token mutations of library files: does Cede report the error that CPython reports?

usage: python3.13 mutate.py AST_DUMP_TOOL [--count N] [--seed N] [--show N] [--whole] [--list FILE]

Pieces of the running Python's own library (or whole files, with --whole) have one token deleted, doubled, swapped with
the next, replaced, inserted, or the text cut off there. Each result goes through `ast.parse` and through the tool; type, message, line and
column must agree. Prints the rates and examples of each kind of difference.
"""

import argparse
import ast
import collections
import io
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import tokenize
import warnings

LIB = pathlib.Path(os.__file__).parent
EXTRA = ["(", ")", "[", "]", "{", "}", ":", ",", "=", "==", ":=", "*", "**", ".", "if", "else", "for", "in", "not",
         "lambda", "x", "1", "'s'", "f'{x}'", "->", ";", "yield", "await", "def", "class", "return", "import", "as",
         "print", "%", "@", "!", "None", "\n", "\n    ", "    "]


def expected(source, mode="exec", flags=0):
    """The outcome in CPython, in the form of the tool."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(source, "x", mode, ast.PyCF_ONLY_AST | flags)
    except SyntaxError as e:
        numbers = [e.lineno, e.offset, e.end_lineno, e.end_offset]
        message = e.msg.replace("\n", "\\n")
        return "|".join([type(e).__name__, message] + [str(n or 0) for n in numbers])
    except (MemoryError, RecursionError, ValueError) as e:
        return type(e).__name__
    return "ok"


def pieces(path, random_, whole):
    """Some part of a file: whole top-level statements."""
    data = path.read_bytes().replace(b"\r\n", b"\n")
    tree = ast.parse(data)
    if whole or not tree.body:
        return data
    lines = data.splitlines(keepends=True)
    first = random_.randrange(len(tree.body))
    node = tree.body[first]
    start = min([node.lineno] + [d.lineno for d in getattr(node, "decorator_list", [])])
    end = node.end_lineno
    for other in tree.body[first + 1:first + 4]:
        if other.end_lineno - start > 120:
            break
        end = other.end_lineno
    if end - start > 150 and isinstance(node, ast.ClassDef):
        end = start + 120
    return b"".join(lines[start - 1:end])


def mutate(data, random_):
    text = data.decode("utf-8")
    try:
        tokens = [t for t in tokenize.generate_tokens(io.StringIO(text).readline) if t.string.strip()]
    except (tokenize.TokenError, SyntaxError):
        return None
    if len(tokens) < 4:
        return None
    starts = [0]
    for line in text.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    span = lambda t: (starts[t.start[0] - 1] + t.start[1], starts[t.end[0] - 1] + t.end[1])
    i = random_.randrange(len(tokens) - 1)
    (a, b), (c, d) = span(tokens[i]), span(tokens[i + 1])
    kind = random_.choice(["delete", "double", "swap", "insert", "replace", "cut"])
    if kind == "delete":
        out = text[:a] + text[b:]
    elif kind == "double":
        out = text[:b] + " " + text[a:b] + text[b:]
    elif kind == "swap":
        out = text[:a] + text[c:d] + text[b:c] + text[a:b] + text[d:]
    elif kind == "insert":
        out = text[:b] + " " + random_.choice(EXTRA) + " " + text[b:]
    elif kind == "replace":
        out = text[:a] + random_.choice(EXTRA) + text[b:]
    else:
        out = text[:b]
    return out.encode("utf-8")


def run_tool(tool, sources, options=()):
    """Outcome of the tool for each source."""
    results = []
    with tempfile.TemporaryDirectory() as folder:
        names = []
        for i, source in enumerate(sources):
            name = os.path.join(folder, f"{i}.py")
            pathlib.Path(name).write_bytes(source)
            names.append(name)
        for i in range(0, len(names), 500):
            run = subprocess.run([tool, "--errors", *options, *names[i:i + 500]], capture_output=True, text=True)
            lines = run.stdout.splitlines()
            if run.returncode != 0:
                sys.exit(f"the tool died with {run.returncode} on {sources[i + len(lines)].decode()!r}\n{run.stderr}")
            results += lines
    return results


def compare(sources, results, show):
    counts = collections.Counter()
    examples = collections.defaultdict(list)
    for source, got in zip(sources, results):
        want = expected(source)
        if want == "ok" and got == "ok":
            counts["valid"] += 1
            continue
        counts["faulty"] += 1
        w, g = want.split("|"), got.split("|")
        if w[0] in ("MemoryError", "RecursionError"):
            same = w[0] == g[0]
            levels = [same] * 3
        else:
            levels = [w[:2] == g[:2], w[:4] == g[:4], w == g]
        counts["message"] += levels[0]
        counts["position"] += levels[1]
        counts["all"] += levels[2]
        if not levels[2]:
            key = (w[1] if len(w) > 1 else w[0], g[1] if len(g) > 1 else g[0])
            examples[key].append((source, want, got))
    faulty = counts["faulty"] or 1
    print(f"{counts['valid']} valid, {counts['faulty']} faulty; the same message {100 * counts['message'] / faulty:.2f} %, "
          f"and line and column {100 * counts['position'] / faulty:.2f} %, and end {100 * counts['all'] / faulty:.2f} %")
    for key, items in sorted(examples.items(), key=lambda item: -len(item[1]))[:show]:
        source, want, got = min(items, key=lambda item: len(item[0]))
        print(f"--- {len(items)} x  want {want}\n           got  {got}")
        lines = source.decode("utf-8", "replace").split("\n")
        number = int(want.split("|")[2]) if want.count("|") >= 4 else int(got.split("|")[2]) if got.count("|") >= 4 else 1
        for n in range(max(0, number - 3), min(len(lines), number + 2)):
            print(f"   {n + 1:4} {lines[n][:150]}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("tool")
    parser.add_argument("--count", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=20)
    parser.add_argument("--whole", action="store_true")
    parser.add_argument("--list", help="a file of snippets, each a Python literal on its line, instead of mutations")
    options = parser.parse_args()
    random_ = random.Random(options.seed)
    if options.list:
        sources = [ast.literal_eval(line).encode("utf-8", "surrogatepass") for line in open(options.list)]
    else:
        files = [p for p in sorted(LIB.rglob("*.py")) if p.stat().st_size < 100_000 and "bad" not in p.name
                 and "lib2to3" not in str(p) and "site-packages" not in str(p)]
        sources = []
        while len(sources) < options.count:
            try:
                source = mutate(pieces(random_.choice(files), random_, options.whole), random_)
            except (SyntaxError, ValueError):
                continue
            if source is not None:
                sources.append(source)
    compare(sources, run_tool(options.tool, sources), options.show)


if __name__ == "__main__":
    main()
