# Closures made and called.
import sys

ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 600000


def make_counter(step):
    count = 0

    def increment():
        nonlocal count
        count += step
        return count

    return increment


def compose(f, g):
    return lambda x: f(g(x))


total = 0
add = lambda x: x + 1
double = lambda x: x * 2
both = compose(add, double)
counter = make_counter(3)
for i in range(ROUNDS):
    total += both(i) + counter()
    if i % 8 == 0:
        total += make_counter(i)()
print("total", total)
