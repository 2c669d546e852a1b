# list, tuple, dict, set, deque, ranges, slices, comprehensions, unpacking, sorting, itertools.
import collections
import copy
import heapq
import itertools

from _sweep import sweep


def lists():
    items = [str(i) for i in range(50)]
    items += items[::2]
    items.extend(x for x in items[:5])
    items.insert(3, 'x')
    items[2:4] = list('abc')
    items.sort(key=len, reverse=True)
    items[1:1] = items
    del items[::3]
    assert sorted(items, key=lambda x: (len(x), x))[0] and items.index(items[-1]) >= 0
    assert (items * 2).count('x') >= 0 and list(reversed(items))[0] == items[-1]
    first, *middle, last = items
    assert copy.deepcopy([items, {1: items}])[1][1] == items


def dicts():
    table = {str(i): i for i in range(40)}
    table.update({i: (i,) for i in range(20)}, a=1)
    table |= {2.5: None}
    other = dict(table) | {None: 1}
    assert other.pop(None) == 1 and other == table
    for key in list(table)[::2]:
        del table[key]
    table.setdefault('new', []).append(1)
    assert len(list(zip(table.keys(), table.values(), table.items()))) == len(table)
    assert {**table, 'z': 1}['z'] == 1 and table.keys() & {'new'} == {'new'}
    while table:
        table.popitem()
    counter = collections.Counter('abracadabra')
    ordered = collections.OrderedDict.fromkeys('abc')
    ordered.move_to_end('a')
    assert counter.most_common(1) == [('a', 5)] and list(ordered) == ['b', 'c', 'a']
    grouped = collections.defaultdict(list)
    for i in range(10):
        grouped[i % 3].append(i)


def sets():
    numbers = set(range(40)) | {'a', (1, 2)}
    numbers ^= set(range(30, 60))
    assert frozenset(numbers) - {'a'} and numbers & {50} == {50} and {50} <= numbers
    numbers.difference_update(range(10))
    assert len({frozenset(numbers), frozenset()}) == 2


def iterators():
    queue = collections.deque(range(30), maxlen=20)
    queue.rotate(5)
    queue.extendleft([1, 2])
    assert list(itertools.islice(itertools.chain(queue, 'ab', zip('ab', 'cd')), 2, None, 3))
    assert list(itertools.product('ab', repeat=2)) and list(itertools.permutations([1, 2, 3]))
    assert [list(g) for k, g in itertools.groupby('aabbc')] and list(itertools.accumulate(range(5)))
    left, right = itertools.tee(map(str, filter(None, range(5))))
    assert list(left) == list(right)
    heap = []
    for i in (3, 1, 2):
        heapq.heappush(heap, (i, [i]))
    assert heapq.heappop(heap)[0] == 1 and heapq.nlargest(2, range(10)) == [9, 8]
    Point = collections.namedtuple('Point', 'x y')
    assert Point(1, y=2)._replace(x=3) == (3, 2)


sweep(lists, dicts, sets, iterators)
