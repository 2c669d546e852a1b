# __call__, __len__, __bool__, __contains__, __getitem__, __setitem__, __delitem__, __iter__, __reversed__, __missing__.
class Table:
    def __init__(self):
        self.rows = {}

    def __call__(self, *args, **keywords):
        return args, keywords

    def __len__(self):
        return len(self.rows)

    def __getitem__(self, key):
        print("get", key)
        return self.rows[key]

    def __setitem__(self, key, value):
        self.rows[str(key)] = value

    def __delitem__(self, key):
        print("del", key)

    def __contains__(self, key):
        return key == "magic"

    def __reversed__(self):
        return "reversed"


t = Table()
print(bool(t), t(1, x=2))
t[1] = t[2:3] = t["a", ...] = 9
print(len(t), bool(t), sorted(t.rows), "magic" in t, "1" in t, reversed(t))
del t[5], t[::2]


class Sequence:
    def __getitem__(self, index):
        if index >= 3:
            raise IndexError
        return index * 10


print(list(Sequence()), 20 in Sequence(), list(reversed([*Sequence()])))


class Default(dict):
    def __missing__(self, key):
        return key.upper()


print(Default(a=1)["a"], Default()["b"], Default().get("c"))
for action in (lambda: len(Sequence()), lambda: Sequence()(), lambda: iter(Table), lambda: Table[0], lambda: 5 in 5):
    try:
        action()
    except TypeError as error:
        print(error)
