# Infinite generators with islice, iter with a sentinel, enumerate, zip and unpacking.
from itertools import count, islice, takewhile


def fibonacci():
    a, b = 0, 1
    while True:
        yield a
        a, b = b, a + b


print(list(islice(fibonacci(), 12)))
print(list(takewhile(lambda x: x < 50, fibonacci())))
numbers = iter([3, 2, 1, 0, 5])
print(list(iter(lambda: next(numbers), 0)))
print(dict(zip(fibonacci(), "abc")), list(enumerate(islice(count(5, 5), 3), start=1)))
first, second, *rest = islice(fibonacci(), 6)
print(first, second, rest)
try:
    a, b = fibonacci()
except ValueError as error:
    print(error)
try:
    a, b, c = islice(fibonacci(), 2)
except ValueError as error:
    print(error)
