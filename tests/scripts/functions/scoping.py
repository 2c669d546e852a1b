# global, nonlocal and the rules of names; globals(), locals().
x = 1


def reads():
    return x


def writes():
    global x, made
    x = 2
    made = "here"


writes()
print(reads(), made)


def f(a):
    b = a + 1

    def g():
        return b
    print(sorted(locals()))
    exec("b = 100")
    return b, g()


print(f(1))


def outer():
    def inner():
        global y
        y = "global y"
    y = "local y"
    inner()
    return y


print(outer(), y)
print(globals()["x"], "f" in globals(), globals() is locals(), __name__)
globals()["dynamic"] = 7
print(dynamic)
exec("z = x * 10")
print(z, eval("z + x", {"z": 1, "x": 5}), eval("a + b", {"a": 1}, {"b": 2}))
for source in ("def f():\n    x = 1\n    global x", "nonlocal q", "def f(a):\n    global a", "def f():\n    nonlocal nothing"):
    try:
        compile(source, "s", "exec")
    except SyntaxError as error:
        print(error.msg)
