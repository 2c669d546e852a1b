# collections.deque: every operation at random, with and without a maximum, and changes during iteration.
from collections import deque

state = 5


def random(n):
    global state
    state = (state * 6364136223846793005 + 1442695040888963407) & (1 << 64) - 1
    return (state >> 33) % n


for _ in range(40):
    d = deque(range(random(8)), None if random(2) else random(6))
    for _ in range(25):
        n = random(14) - 7
        operation = random(13)
        try:
            match operation:
                case 0: d.append(n)
                case 1: d.appendleft(n)
                case 2: print(d.pop(), end=" ")
                case 3: print(d.popleft(), end=" ")
                case 4: d.rotate(n)
                case 5: d.insert(n, 0)
                case 6: d.remove(random(8))
                case 7: print(d.index(random(8), n), end=" ")
                case 8: d.extendleft(range(random(3)))
                case 9: d[n] = 3
                case 10: del d[n]
                case 11: d.reverse()
                case 12: d *= random(3)
        except (IndexError, ValueError) as error:
            print(f"{operation}: {error}", end=" ")
        if len(d) > 20:
            d.clear()
    print(d, list(reversed(d)), d == deque(d), d < deque([3]), d + deque([1]), d.copy())
d = deque([1, 2, 3])
for make in (iter, reversed):
    iterator = make(d)
    next(iterator)
    d.append(4)
    try:
        next(iterator)
    except RuntimeError as error:
        print(error, iterator.__length_hint__())
d.append(d)
print(d, d.maxlen, deque(maxlen=2).maxlen)
