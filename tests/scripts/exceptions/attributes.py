# Attributes of exceptions: args, with_traceback, OSError's, ImportError's, SystemExit's, StopIteration's, UnicodeError's.
import errno

error = OSError(errno.ENOENT, "No such file", "name.txt")
print(type(error), error.errno, error.strerror, error.filename, error, repr(error))
print(type(OSError(errno.EACCES, "x")), type(OSError(errno.EPIPE, "x")), OSError("only"), OSError(1, "a", "b", None, "c"))
error = ImportError("no", name="n", path="p")
print(error.name, error.path, error.msg)
print(SystemExit(3).code, SystemExit().code, SystemExit(1, 2).code, StopIteration(1, 2).value)
try:
    "é".encode("ascii")
except UnicodeEncodeError as e:
    print(e, e.encoding, e.object, e.start, e.end, e.reason)
try:
    b"a\xff".decode()
except UnicodeDecodeError as e:
    print(e)
e = ValueError(1, 2)
e.args = "ab"
print(e.args, e, str(KeyError("quoted")), repr(KeyError()))
try:
    e.__traceback__ = 3
except TypeError as wrong:
    print(wrong)
n = NameError("m", name="the name")
a = AttributeError("m", name="attr", obj=5)
print(n.name, a.name, a.obj)
s = SyntaxError("bad", ("file", 3, 5, "text", 3, 7))
print(s.filename, s.lineno, s.offset, s.text, s.end_lineno, s.end_offset, s)
