# What open() refuses, and what closed, detached and one-way files say.
import io

def attempt(function, *arguments, **keywords):
    try:
        print(function(*arguments, **keywords))
    except Exception as error:
        print(type(error).__name__, error)

for arguments in ((".", "q"), (".", "rw"), (".", "rbt"), (".", "rb", 0, "utf-8"), (".", "r", 0), ("/none/x",), (".",),
                  (None,), (1.5,), ("a\0b",), (-1,)):
    attempt(open, *arguments)
attempt(open, "/dev/null", "r", newline="x")
file = open("/dev/null")
attempt(file.write, "x")
file.close()
for name in ("read", "readline", "flush", "fileno", "__enter__", "tell"):
    attempt(getattr(file, name))
with open("/dev/null", "wb") as out:
    attempt(out.read)
    attempt(out.write, "text")
attempt(out.write, b"")
detached = io.TextIOWrapper(io.BytesIO())
detached.detach()
attempt(detached.read)
view = io.BytesIO(b"abc")
held = view.getbuffer()
attempt(view.write, b"x")
print(io.UnsupportedOperation.__mro__)
held.release()
