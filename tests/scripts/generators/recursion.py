# Recursive generators: a tree walk and permutations.
def walk(tree):
    if isinstance(tree, list):
        for branch in tree:
            yield from walk(branch)
    else:
        yield tree


def permutations(items):
    if not items:
        yield []
    for i, item in enumerate(items):
        for rest in permutations(items[:i] + items[i + 1:]):
            yield [item, *rest]


print(list(walk([1, [2, [3, [4]], 5], [[6]]])))
print(["".join(p) for p in permutations(list("abc"))])
deep = 0
for _ in range(200):
    deep = [deep]
print(list(walk(deep)))
