# collections: deque, OrderedDict, defaultdict, namedtuple, Counter, ChainMap.
from collections import OrderedDict, defaultdict, deque, namedtuple

d = deque([1, 2, 3], maxlen=4)
d.append(4); d.append(5); d.appendleft(0); d.rotate(1)
print(d, d[0], d.pop(), d.popleft(), len(d), d.maxlen, list(reversed(d)), d.count(2), d.index(2) if 2 in d else None)
o = OrderedDict(a=1, b=2, c=3)
o.move_to_end("a"); o.move_to_end("c", last=False)
print(o, o.popitem(last=False), OrderedDict(a=1, b=2) == OrderedDict(b=2, a=1), OrderedDict(a=1) == {"a": 1})
c = defaultdict(list)
for key, value in (("x", 1), ("y", 2), ("x", 3)):
    c[key].append(value)
print(c, c.get("z"), dict(c), c.default_factory)
P = namedtuple("P", "x y", defaults=[9])
p = P(1)
print(p, p.y, p._replace(x=5), p._asdict(), P._fields, P._make([7, 8]), p == (1, 9), P.__doc__)
for action in (lambda: deque().pop(), lambda: deque([1]).remove(2), lambda: defaultdict(5), lambda: defaultdict()["x"], lambda: P(), lambda: namedtuple("Q", "a a"), lambda: namedtuple("Q", "class"), lambda: setattr(p, "x", 1), lambda: P(1, 2, 3)):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, error)
try:
    for x in d:
        d.append(x)
except RuntimeError as error:
    print(error)
