# Generators, delegation and generator expressions.
import sys

ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 200


def count(n):
    i = 0
    while i < n:
        yield i
        i += 1


def delegate(n):
    yield from count(n)


total = 0
for _ in range(ROUNDS):
    for value in count(2000):
        total += value
    for value in delegate(1000):
        total += value
    total += sum(x * 2 for x in count(1000) if x & 1)
print("total", total)
