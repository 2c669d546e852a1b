# tuple and range: indexing, slices, comparisons, methods, equality and hashes.
t = (1, 2, 3, 2)
print(t[1], t[-1], t[1:3], t + (4,), t * 2, t.count(2), t.index(3), len(t), (1,) < (1, 0), 2 in t, hash((1, 2)) == hash((1, 2)), (), (1,))
r = range(2, 20, 3)
print(r, list(r), len(r), r[2], r[-1], r[1:4], 8 in r, 9 in r, r.index(8), r.count(5), r == range(2, 19, 3), hash(r) == hash(range(2, 19, 3)), range(0) == range(5, 5))
print(list(range(5, 0, -2)), list(reversed(r)), r.start, r.stop, r.step, range(10**20)[-1], len(range(10**18)), list(range(-3)), 10**30 in range(10**40))
for action in (lambda: t[9], lambda: t.index(9), lambda: r[99], lambda: r.index(3), lambda: range(1, 2, 0), lambda: range("a"), lambda: range(1.0), lambda: t + [1], lambda: len(range(10**30)), lambda: t["x"], lambda: range(3) < range(4)):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, error)
print(slice(1, 10, 2).indices(6), slice(None, None, -1).indices(3), slice(1, 2) == slice(1, 2), slice(5))
