# map, filter, zip, enumerate, reversed, sorted, sum, min, max, any, all, iter, next.
print(list(map(lambda x, y: x * y, [1, 2, 3], [4, 5])), list(filter(None, [0, 1, "", "a"])), list(filter(str.isupper, "aBcD")))
print(list(zip("abc", range(2))), list(zip()), dict(enumerate("ab", 5)), list(reversed([1, 2])), sum([1, 2], 10), sum([[1], [2]], []), sum([0.1] * 10))
print(min(3, 1, 2), max([1, 5, 2]), max("ab", "abc", key=len), min([], default="none"), any([0, 1]), all([]), any(x > 2 for x in range(5)))
print(next(iter([1])), next(iter([]), "default"), abs(-3), round(2.5), round(3.14159, 2), round(1234, -2), pow(2, 10, 1000), divmod(17, 5))
for action in (lambda: list(zip([1], [1, 2], strict=True)), lambda: max([]), lambda: next(5), lambda: sum(["a"]), lambda: sum("ab", ""), lambda: min(1, "a"), lambda: list(map()), lambda: reversed({1}), lambda: iter(5), lambda: next(iter([])), lambda: sorted(5), lambda: round("x"), lambda: abs("x"), lambda: enumerate()):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, error)
