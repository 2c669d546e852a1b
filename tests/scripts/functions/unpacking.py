# Assignments that unpack: stars, nesting, from any iterable, and the errors.
a, b = b, a = 1, 2
print(a, b)
first, *middle, last = "abcde"
[x, (y, *z)] = 1, (2, 3, 4)
*all, = {"k": 1}
(p, q), r = "xy", {5}
print(first, middle, last, x, y, z, all, p, q, r)
for i, (j, *k) in enumerate([(1, 2, 3), "ab"]):
    print(i, j, k)
a = [1, 2, 3]
a[1:], a[0] = "xyz", 9
print(a)
for source in ("a, b = 1,", "a, b = 1, 2, 3", "a, *b, c = 1,", "a, b = 5", "a, = ()", "(a, b), c = 1, 2", "a, b = {}.items()", "[a, b, c] = 'ab'"):
    try:
        exec(source)
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)


def f(*args):
    return args


print(f(*"ab", *range(2), *{"z"}), [*"ab", *()], (*"x",), {*"q"}, {**{"a": 1}, **{"a": 2}})
