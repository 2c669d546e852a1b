#!/usr/bin/env python3
"""compare_scopes.py SCOPE_DUMP [FILE...]: compares Cede's scopes with CPython 3.13's, run by that CPython.

For each file (default: all of the standard library) the symbol tables (`symtable`), the variables of the code objects
and the errors and warnings of compile() must be equal. With --snippets FILE, the file is a Python list of sources.
"""
import collections
import os
import subprocess
import sys
import symtable
import sysconfig
import tempfile
import types
import warnings

IGNORED = {".defaults", ".kwdefaults"}  # CPython defines them even where there are no defaults


def symbols(table, depth=0):
    entries = {}
    for name, value in table._table.symbols.items():
        if name not in IGNORED:
            entries[name] = f"{value & 4095}:{value >> 12 & 15}"
    yield (depth, table.get_type(), name_of(table, depth), table.get_lineno(), int(table.is_nested()), entries)
    for child in table.get_children():
        yield from symbols(child, depth + 1)


def name_of(table, depth):
    name = table.get_name()
    if table.get_type() == "type parameters":
        return f"<generic parameters of {name}>"
    anonymous = ("lambda", "listcomp", "setcomp", "dictcomp", "genexpr")
    return "<module>" if depth == 0 else f"<{name}>" if name in anonymous else name


def codes(code):
    parameters = code.co_argcount + code.co_kwonlyargcount + bool(code.co_flags & 4) + bool(code.co_flags & 8)
    registers = code.co_varnames[:parameters] + tuple(
        n for n in code.co_varnames[parameters:] if n not in code.co_cellvars)
    optimized = code.co_flags & 1
    yield (code.co_name, code.co_cellvars, code.co_freevars, code.co_argcount, code.co_posonlyargcount,
           code.co_kwonlyargcount, tuple(n for n in registers if n not in IGNORED) if optimized else ())
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield from codes(constant)


def oracle_errors(source, flags=0):
    lines = []
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        code = None
        try:
            code = compile(source, "<scopes>", "exec", flags, dont_inherit=True)
            error = None
        except SyntaxError as e:
            error = ("error", type(e).__name__, e.msg.replace("\n", "\\n"), str(e.lineno), str(e.offset),
                     str(e.end_lineno), str(e.end_offset))
        except (ValueError, RecursionError, MemoryError) as e:
            error = ("error", type(e).__name__, str(e))
    for w in caught:
        message = str(w.message)
        if w.category is SyntaxWarning and not message.startswith('invalid ') and 'decimal literal' not in message:
            lines.append(("warning", str(w.lineno), message))
    return lines + ([error] if error else []), code


def cede(tool, paths, *options):
    out = subprocess.run([tool, *options, *paths], capture_output=True).stdout.decode("utf-8", "surrogateescape")
    results, current = {}, None
    for line in out.split("\n"):
        if line.startswith("file "):
            current = results.setdefault(line[5:], [])
        elif line:
            current.append(tuple(line.split("\t")))
    return results


def compare_symbols(source, lines):
    expected = list(symbols(symtable.symtable(source, "<scopes>", "exec")))
    found = []
    for line in lines:
        if line[0] != "scope":
            continue
        entries = dict(e.rsplit(":", 2)[0:1] + [":".join(e.rsplit(":", 2)[1:])] for e in line[6:])
        found.append((int(line[1]), line[2], line[3], int(line[4]), int(line[5]),
                      {n: v for n, v in entries.items() if n not in IGNORED}))
    return first_difference(expected, found)


def compare_codes(code, lines):
    """Scopes and code objects are in different orders, so both are sorted."""
    found = []
    for line in lines:
        if line[0] != "code":
            continue
        i, j, k = line.index("locals:"), line.index("cells:"), line.index("frees:")
        registers = unique(line[i + 1:j]) if line[2] == "1" else ()
        if line[3].startswith("<generic parameters"):
            line = line[:4] + ("0", "0", "0") + line[7:]
            registers = tuple(r for r in registers if r not in IGNORED)
        found.append((line[3], unique(line[j + 1:k]), line[k + 1:], *map(int, line[4:7]), registers))
    expected = sorted((n, c, f, *(0, 0, 0), v) if n.startswith("<generic") else (n, c, f, a, p, k, v)
                      for n, c, f, a, p, k, v in codes(code))
    # A variable that is only declared (`x: int`) has no register in CPython.
    known = {e[:-1]: set() for e in expected}
    for e in expected:
        known[e[:-1]].update(e[-1])
    found = [f[:-1] + (tuple(v for v in f[-1] if v in known.get(f[:-1], f[-1])),) for f in found]
    a, b = collections.Counter(expected), collections.Counter(found)
    return f"\n   CPython {list((a - b))}\n   Cede    {list((b - a))}" if a != b else None


def unique(names):
    """A comprehension's variable shares its register with one of the same name in CPython."""
    return tuple(dict.fromkeys(names))


def first_difference(expected, found):
    for a, b in zip(expected, found):
        if a != b:
            if isinstance(a[-1], dict) and isinstance(b[-1], dict) and a[:-1] == b[:-1]:
                keys = {k for k in a[-1].keys() | b[-1].keys() if a[-1].get(k) != b[-1].get(k)}
                a, b = (a[:-1] + ({k: x[-1].get(k) for k in keys},) for x in (a, b))
            return f"\n   CPython {a}\n   Cede    {b}"
    if len(expected) != len(found):
        return f"{len(expected)} scopes, Cede has {len(found)}"
    return None


def compare_errors(source, lines, flags):
    expected, code = oracle_errors(source, flags)
    found = [line for line in lines if line[0] in ("error", "warning")]
    if expected == found:
        return None, code
    return f"\n   CPython {expected}\n   Cede    {found}", code


def main():
    tool, arguments = sys.argv[1], sys.argv[2:]
    directory = tempfile.mkdtemp()
    flags, options = 0, []
    if "--await" in arguments:
        arguments.remove("--await")
        flags, options = 0x2000, ["--await"]
    if arguments[:1] == ["--snippets"]:
        with open(arguments[1], encoding="utf-8") as file:
            sources = [s.encode("utf-8", "surrogatepass") for s in eval(file.read())]
        paths = []
        for i, source in enumerate(sources):
            paths.append(os.path.join(directory, f"{i}.py"))
            with open(paths[-1], "wb") as file:
                file.write(source)
    else:
        paths = arguments
        if not paths:
            for root, _, names in os.walk(sysconfig.get_path("stdlib")):
                paths += [os.path.join(root, n) for n in names if n.endswith(".py") and "site-packages" not in root]
    counts = dict.fromkeys(("files", "errors", "symbols", "code"), 0)
    for start in range(0, len(paths), 200):
        part = paths[start:start + 200]
        all_errors = cede(tool, part, "--errors", *options)
        all_symbols = cede(tool, part, "--symbols", *options)
        all_codes = cede(tool, part, "--code", *options)
        for path in part:
            with open(path, "rb") as file:
                source = file.read()
            shown = path if not path.startswith(directory) else repr(source.decode("utf-8", "surrogateescape"))
            counts["files"] += 1
            problem, code = compare_errors(source, all_errors.get(path, [("crash",)]), flags)
            if problem:
                counts["errors"] += 1
                print(f"errors: {shown}: {problem}")
            if code is None:
                continue
            if not flags and (problem := compare_symbols(source, all_symbols.get(path, []))):
                counts["symbols"] += 1
                print(f"symbols: {shown}: {problem}")
            if problem := compare_codes(code, all_codes.get(path, [])):
                counts["code"] += 1
                print(f"code: {shown}: {problem}")
    print("{files} files; different: {errors} in errors, {symbols} in symbols, {code} in code".format(**counts))
    return any(counts[k] for k in ("errors", "symbols", "code"))


if __name__ == "__main__":
    sys.exit(main())
