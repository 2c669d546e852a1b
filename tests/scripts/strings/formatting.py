# %-formatting and str.format side by side.
print("%s %r %d %5.2f %x %o %e %c %% %-5s| %05d %+d %a" % ("s", "r", 42, 3.14159, 255, 8, 12345.678, "c", "left", 42, 5, "é"))
print("%(a)s %(b)05.1f" % {"a": 1, "b": 2.25}, "%s" % (("tuple",),), "%s %s" % ("a", "b"), "%*d" % (6, 42))
print("{} {1} {0}".format("a", "b") if False else "{0} {1} {0}".format("a", "b"), "{a.real} {b[0]} {c[key]}".format(a=5, b=[1], c={"key": "v"}))
print("{:>10}|{:^10}|{:<10}|{:*^9}|{:,}|{:_}|{:%}|{:+.3e}|{:#b}|{:08.3f}".format("r", "c", "l", "m", 1234567, 1234567, 0.25, 12345.6789, 5, -3.14159))
print("{!r:>6} {!s} {:{}}".format("a", "b", "c", 5), format(255, "x"), format(1e10, "g"), format(True, "d"), format("s", ".0"))
for template, args in (("%d", "x"), ("%s %s", ("a",)), ("%s", ("a", "b")), ("%z", 1), ("%c", "ab"), ("%(a)s", 5), ("%.2f", "x")):
    try:
        print(template % args)
    except (TypeError, ValueError, KeyError) as error:
        print(type(error).__name__, error)
for template in ("{", "}", "{0} {}", "{a}", "{5}", "{!x}", "{:d}", "{0.x}"):
    try:
        print(template.format("s"))
    except (ValueError, KeyError, IndexError, AttributeError) as error:
        print(type(error).__name__, error)
