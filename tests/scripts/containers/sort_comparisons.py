# list.sort asks for the same comparisons in the same order, on data of many shapes.
state = 7
asked = []


def random(n):
    global state
    state = (state * 6364136223846793005 + 1442695040888963407) & (1 << 64) - 1
    return (state >> 33) % n


class Key:
    def __init__(self, value):
        self.value = value

    def __lt__(self, other):
        asked.append((self.value, other.value))
        return self.value < other.value


shapes = {
    "random": lambda n: [random(10**6) for _ in range(n)],
    "few values": lambda n: [random(4) for _ in range(n)],
    "ascending": lambda n: list(range(n)),
    "descending with equals": lambda n: [-(i // 3) for i in range(n)],
    "sawtooth": lambda n: [i % 50 for i in range(n)],
    "nearly sorted": lambda n: [i if random(20) else random(n) for i in range(n)],
    "two halves": lambda n: list(range(n // 2)) + list(range(n // 2)),
}
for name, make in shapes.items():
    for size in (0, 1, 2, 10, 63, 64, 65, 200, 1500):
        for reverse in (False, True):
            values = make(size)
            order = list(range(len(values)))
            asked.clear()
            order.sort(key=lambda i: Key(values[i]), reverse=reverse)
            print(name, size, reverse, len(asked), hash(tuple(asked)), hash(tuple(order)))
