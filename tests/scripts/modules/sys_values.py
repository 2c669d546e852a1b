# sys: argv, flags of the version, modules, intern, getsizeof, limits.
# args: one "two words" -3
import sys

print(sys.argv[1:], sys.version_info[:2], sys.version_info.major, sys.byteorder, sys.maxsize, sys.maxunicode, sys.implementation.name in ("cpython", "cede"))
print(sys.path[0] != "", "sys" in sys.modules, sys.intern("abc") is sys.intern("abc"), sys.getrecursionlimit(), sys.float_info.max, sys.int_info.bits_per_digit)
print(sys.stdin.fileno(), sys.stdout.fileno(), sys.stdout.encoding, sys.getdefaultencoding(), sys.platform)
frame = sys._getframe()
print(frame.f_lineno, frame.f_code.co_name, frame.f_globals is globals(), frame.f_back)


def caller():
    return sys._getframe(1).f_code.co_name, sys._getframe().f_back.f_lineno


def outer():
    return caller()


print(outer())
try:
    sys._getframe(100)
except ValueError as error:
    print(error)
