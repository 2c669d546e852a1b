# heapq and bisect: results and, through a class that records them, the comparisons that are asked for.
import bisect
import heapq

state = 11
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


for size in (0, 1, 5, 100, 2600):
    heap = [Key(random(1000)) for _ in range(size)]
    heapq.heapify(heap)
    for _ in range(min(size, 50)):
        heapq.heappush(heap, Key(random(1000)))
        heapq.heapreplace(heap, Key(random(1000)))
        heapq.heappushpop(heap, Key(random(1000)))
    popped = [heapq.heappop(heap).value for _ in range(len(heap))]
    print(size, len(asked), hash(tuple(asked)), popped == sorted(popped))
    asked.clear()
numbers = [random(50) for _ in range(30)]
print(heapq.nlargest(4, numbers), heapq.nsmallest(4, numbers), heapq.nsmallest(3, numbers, key=lambda n: -n), heapq.nlargest(1, numbers))
print(list(heapq.merge([1, 4], [2, 3], [])), list(heapq.merge("ca", "b", key=ord, reverse=True)), heapq.nlargest(0, numbers))
for attempt in (lambda: heapq.heappop([]), lambda: heapq.heappush(1, 2), lambda: heapq.heapreplace([], 1), lambda: bisect.bisect([1], 1, -1)):
    try:
        attempt()
    except (IndexError, TypeError, ValueError) as error:
        print(type(error).__name__, error)
numbers.sort()
print([(bisect.bisect_left(numbers, n), bisect.bisect(numbers, n)) for n in range(-1, 52, 7)], bisect.bisect([3, 2, 1], -2, key=lambda n: -n))
bisect.insort(numbers, 25)
bisect.insort_left(numbers, 2.5, hi=10)
print(numbers == sorted(numbers), len(numbers))
