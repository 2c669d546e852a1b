# Scopes of comprehensions: the loop variable stays inside, closures, class bodies, walrus outside.
x = "outer"
print([x for x in range(3)], x)
print([last := n * 2 for n in range(4)], last)


def f():
    captured = 10
    functions = [lambda: n + captured for n in range(3)]
    captured = 100
    return [g() for g in functions], {n: captured for n in "ab"}


print(f())
print([(i, j) for i in range(3) for j in range(i)], [[i * j for j in range(3)] for i in range(3)])
print([a for a in range(20) if a % 2 if a % 3], [y for x in ([1, 2], [3]) for y in x])


class A:
    n = 4
    squares = [i * i for i in range(n)]
    try:
        bad = [n for _ in range(1)]
    except NameError as error:
        bad = str(error)


print(A.squares, A.bad)
print({k: v for k, v in zip("abc", range(3))}, {c for c in "hello"} == set("helo"), [*range(2), *"xy"], {**{"a": 1}, "b": 2})
total = 0
print([total := total + v for v in range(5)], total)
