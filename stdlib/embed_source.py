#!/usr/bin/env python3
# Turns a Python file of the standard library into C++: a string that holds its text.
#   embed_source.py stdlib/asyncio/locks.py locks.cpp   ->   cede::stdlib::asyncio_locks_source
import pathlib
import sys

source, output = map(pathlib.Path, sys.argv[1:])
parts = source.with_suffix("").parts
name = "_".join(parts[parts.index("stdlib") + 1 :] if "stdlib" in parts else parts[-1:]).lstrip("_")
text = source.read_text(encoding="utf-8")
pieces = [text[i : i + 8000] for i in range(0, len(text), 8000)] or [""]
literals = "\n".join(f'R"python~({piece})python~"' for piece in pieces)
output.write_text(
    f"// The text of {source.name}.\n"
    f"namespace cede::stdlib {{\nextern const char* const {name}_source;\n"
    f"const char* const {name}_source =\n{literals};\n}}  // namespace cede::stdlib\n",
    encoding="utf-8",
)
