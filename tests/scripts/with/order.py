# with: order of entering and leaving, several managers, targets, suppressing, exceptions in exit.
class M:
    def __init__(self, name, suppress=False, fail=""):
        self.name, self.suppress, self.fail = name, suppress, fail

    def __enter__(self):
        print("enter", self.name)
        if "enter" in self.fail:
            raise RuntimeError("enter " + self.name)
        return self.name, 1

    def __exit__(self, *info):
        print("exit", self.name, info[0], info[1])
        if "exit" in self.fail:
            raise RuntimeError("exit " + self.name)
        return self.suppress


with M("a") as (name, number), M("b") as b:
    print(name, number, b)
with (M("c") as c, M("d", suppress=True)):
    raise ValueError("suppressed by d")
try:
    with M("e"), M("f", fail="enter"):
        print("not here")
except RuntimeError as error:
    print("caught", error)
try:
    with M("g"), M("h", fail="exit"):
        raise KeyError("first")
except RuntimeError as error:
    print("caught", error, repr(error.__context__))


def leave():
    for i in range(2):
        with M(i):
            if i == 1:
                return "returned"
            continue


print(leave())
for wrong in (3, type("OnlyEnter", (), {"__enter__": lambda self: None})()):
    try:
        with wrong:
            pass
    except TypeError as error:
        print(error)
