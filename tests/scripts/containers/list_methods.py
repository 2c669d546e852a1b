# list: every method, slices of each kind, sorting with keys, and the errors.
a = [3, 1, 2]
a.append(5); a.extend("ab"); a.insert(1, "i"); a.insert(-100, "first"); a.insert(100, "last")
print(a, a.pop(), a.pop(0), a.index("i"), a.count(1), len(a))
a.remove("a"); a.reverse(); print(a)
a = list(range(10))
a[2:5] = "xyz12"; print(a)
a[::3] = [0] * len(a[::3]); print(a)
del a[1::2]; print(a, a[::-1], a[-3:], a[5:1:-2], a[100:])
a.sort(key=str); print(a, sorted(["b", "A", "c"], key=str.lower, reverse=True), sorted([(1, "b"), (0, "z"), (1, "a")]))
print([1, 2] + [3], [0] * 3, [1, 2] < [1, 3], [1] == [1.0], 2 in [1, 2], a.copy() is a, [[]] * 2)
b = [1, 2, 3]
b += (4,); b *= 2; print(b)
stable = sorted([(n % 3, n) for n in range(9)], key=lambda p: p[0]); print(stable)
for action in (lambda: [].pop(), lambda: [1].pop(5), lambda: [1].remove(2), lambda: [1].index(2), lambda: [1][2], lambda: [1]["a"], lambda: [1, "a"].sort(),
               lambda: [1] + (2,), lambda: [1] * "a", lambda: b.__setitem__(slice(0, 4, 2), [1]), lambda: b.__setitem__(99, 1), lambda: [1].sort(lambda: 0), lambda: hash([]), lambda: list(5)):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, error)


def changes(x):
    c.append(x)
    return x


c = [2, 1]
try:
    c.sort(key=changes)
except ValueError as error:
    print(error, c)
