# print: separators, ends, files, flush, and its errors.
import io
import sys

print()
print("a", 1, None, sep="-", end="!\n")
print(*"abc", sep="")
print("x", sep=None, end=None)
out = io.StringIO()
print("to a file", file=out, flush=True)
print(repr(out.getvalue()))
print("to stderr", file=sys.stderr)
for keywords in ({"sep": 1}, {"end": 2}, {"file": 3}, {"unknown": 4}):
    try:
        print("x", **keywords)
    except (TypeError, AttributeError) as error:
        print(error)


class Writer:
    def write(self, text):
        out.write(f"[{text}]")


print("a", "b", file=Writer())
print(out.getvalue())
sys.stdout.write("written\n")
