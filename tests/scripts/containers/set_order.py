# The order of sets of integers: probing, growth, removed places, copies and operations.
state = 99


def random(n):
    global state
    state = (state * 6364136223846793005 + 1442695040888963407) & (1 << 64) - 1
    return (state >> 33) % n


for _ in range(60):
    numbers = set()
    for step in range(random(40)):
        other = [random(64) for _ in range(random(12))]
        match random(10):
            case 0 | 1 | 2: numbers.add(random(200))
            case 3: numbers.discard(random(64))
            case 4: numbers.update(other)
            case 5: numbers = numbers | set(other)
            case 6: numbers ^= set(other)
            case 7: numbers = numbers.difference(dict.fromkeys(other))
            case 8: numbers.symmetric_difference_update(other)
            case 9: numbers = numbers.intersection(other + list(numbers)[::2])
        if numbers and random(5) == 0:
            print("pop", numbers.pop(), end=" ")
    print(list(numbers), hash(frozenset(numbers)))
many = set(range(100000))
for n in range(0, 100000, 3):
    many.discard(n)
print(hash(tuple(many)))
many |= set(range(500000, 600000, 7))
print(hash(tuple(many)), hash(tuple(frozenset(many))), hash(tuple(many - set(range(50000)))))
