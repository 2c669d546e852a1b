# OrderedDict: order under changes, move_to_end, popitem at both ends, views, comparison, changes during iteration.
from collections import OrderedDict

state = 3


def random(n):
    global state
    state = (state * 6364136223846793005 + 1442695040888963407) & (1 << 64) - 1
    return (state >> 33) % n


for _ in range(30):
    d = OrderedDict()
    for step in range(30):
        key = random(9)
        try:
            match random(8):
                case 0 | 1 | 2: d[key] = step
                case 3: del d[key]
                case 4: d.move_to_end(key, last=bool(random(2)))
                case 5: print(d.popitem(last=bool(random(2))), end=" ")
                case 6: print(d.pop(key, "-"), d.setdefault(key), end=" ")
                case 7: d.update({key: 1}, x=step)
        except KeyError as error:
            print(error, end=" ")
    print(d, list(reversed(d.items())), d.keys() & {1, 2, 3} == set(d) & {1, 2, 3})
a, b = OrderedDict(x=1, y=2), OrderedDict(y=2, x=1)
print(a == b, a == dict(b), a | b, dict(b) | a, a.keys() == b.keys(), a.copy() == a)
for change in (lambda d: d.__setitem__("z", 1), lambda d: d.pop("y"), lambda d: d.move_to_end("x"), lambda d: d.clear(),
               lambda d: d.__setitem__("x", 9)):
    d = OrderedDict(x=1, y=2)
    try:
        for item in d.items():
            print(item, end=" ")
            change(d)
    except RuntimeError as error:
        print(error)
print(d)


class Logged(OrderedDict):
    def __setitem__(self, key, value):
        print("set", key, end=" ")
        super().__setitem__(key, value)

    def __getitem__(self, key):
        print("get", key, end=" ")
        return super().__getitem__(key)


d = Logged(a=1, b=2)
print(d, d.pop("a"), d.setdefault("b"), d.setdefault("c", 3), d | {"d": 4}, d.copy(), list(d.values()))
