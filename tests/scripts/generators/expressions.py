# Generator expressions: laziness, the first iterable at once, closures of the rest.
def noisy(n):
    print("range of", n)
    return range(n)


factor = 2
g = (x * factor for x in noisy(4) if x != factor)
print("made")
factor = 10
print(list(g))
try:
    (x for x in 5)
except TypeError as error:
    print(error)
nested = ((x, y) for x in range(3) for y in range(x))
print(list(nested))
print(sum(i * i for i in range(10)), max((w for w in ("a", "ccc", "bb")), key=len))
print(sorted({c: n for n, c in enumerate("hello")}.items()), {x // 2 for x in range(6)})
print([lambda: i for i in range(3)][0]())
