# Slices of lists: reading, assigning and deleting, with every combination of small bounds and steps.
state = 1


def random(n):
    global state
    state = (state * 6364136223846793005 + 1442695040888963407) & (1 << 64) - 1
    return (state >> 33) % n


def attempt(operation):
    try:
        operation()
    except (ValueError, IndexError) as error:
        return str(error)


for _ in range(150):
    items = list(range(random(8)))
    part = slice(*(None if random(4) == 0 else random(17) - 8 for _ in range(3)))
    new = ["a"] * random(4)
    copy, other = items[:], items[:]
    results = [attempt(lambda: items[part]) or items[part] if part.step != 0 else attempt(lambda: items[part])]
    results.append(attempt(lambda: copy.__setitem__(part, new)) or copy)
    results.append(attempt(lambda: other.__delitem__(part)) or other)
    print(len(items), part, *results)
items = [1, 2, 3]
items[1:2] = items
print(items)
items[::2] = items[1::2] + [0]
print(items)
items[:] = (n * n for n in items)
print(items)
for bad in (1, None):
    print(attempt(lambda: items.__setitem__(5, bad)))
try:
    items[0:1] = 1
except TypeError as error:
    print(error)
