# printf-style formatting of strings.
def attempt(text, arguments):
    try:
        return text % arguments
    except Exception as error:
        return f"{type(error).__name__}: {error}"


for text in "%d %5d %-5d| %05d %+d %+05d %.3d %8.3d %08.3d %i %u %x %X %#x %#o %#X %o %#08x %-#8x| %+.5x %c".split():
    print(text, [attempt(text, value) for value in (0, 97, -255, 10**20, True, 1.9)])
for text in "%f %.2f %10.3f %-10.1f| %010.2f %+f %e %.0e %G %g %#g %#.3g %E %F".split():
    print(text, [attempt(text, value) for value in (0, 1.5, -2.25, 1e100, float("inf"), float("nan"), 7)])
for text in "%s %r %a %5s %-5s| %.2s %6.1s| %05s %c".split():
    print(text, [attempt(text, value) for value in ("é", "ab'c", None, (b"x",), ([1],), {"k": 1}, 20013)])
print("%(a)s %(b)05d %(a(b)c)r %%" % {"a": 1, "b": -2, "a(b)c": "x"}, "%*d|%-*d|%.*f|%*.*f" % (5, 1, 4, 2, 2, 1.239, 8, 1, 2.55))
print("%%" % (), "%s%%" % 5, "%ld %hd %Lf" % (1, 2, 3.0), "a" % {}, "a" % [], "%s" % ([],), "中%sé" % "x")
