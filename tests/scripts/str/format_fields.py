# The replacement fields of str.format and format_map.
def attempt(text, *arguments, **keywords):
    try:
        return text.format(*arguments, **keywords)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


class Point:
    x, y = 1, [2, {"k": 3}]


fields = """} { {} {0}{} {}{0} {a} {0.} {0[} {0[]} {0[a]x} {0[x]} {0[0]} {0[-1]} {0!} {0!r {0!rx} {0!x} {0!r:} {0!r:>5} {0:{1}}
{0:{1:{2}}} {0:{}} {:{}} {!r:{}} {0:{1 {0:{ {0: {0 {{}} {{} {}} {0{1}} {99999999999999999999} {0[99999999999999999999]} {[0]} {a.b[c]}
{a[}]} {a[:]} {a[{]} {0[a {:}} {:{{}}} {!} {!r}} {!s!r} {! {-1} {+1} {5} {:d} {0!s:5}| {.real} {:\u1234} {0!\u1234}""".split()
for field in fields:
    print(ascii(field), attempt(field, 7, 3), "/", attempt(field, "text", 8, a={"}": 1, ":": 2, "{": 3}), "/", attempt(field, [5]))
print("{0.x} {0.y[0]} {0.y[1][k]} {p.__class__.__name__} {1!r:^7}".format(Point(), "é", p=Point()))
print("{a} {b[0]}".format_map({"a": 1, "b": "xy"}), "plain".format(1, a=2), "".format(), "{٠}".format("arabic digit"))
for text in ("{}", "{0}", "{x}", "{"):
    try:
        print(text.format_map({"a": 1}))
    except Exception as error:
        print(type(error).__name__, error)


class Default(dict):
    def __missing__(self, key):
        return key.upper()


print("{first} {second}".format_map(Default(first=1)))
