"""Heap queue algorithm (a.k.a. priority queue).

A heap is a list whose element at k is not greater than those at 2*k+1 and 2*k+2, so that heap[0] is the smallest.
"""

__all__ = ["heappush", "heappop", "heapify", "heapreplace", "merge", "nlargest", "nsmallest", "heappushpop"]

from _heapq import heappush, heappop, heapify, heapreplace, heappushpop
from _heapq import _heappop_max, _heapify_max, _heapreplace_max


def merge(*iterables, key=None, reverse=False):
    """Merge multiple sorted inputs into a single sorted output.

    Similar to sorted(itertools.chain(*iterables)) but returns a generator, does not pull the data into memory all at
    once, and assumes that each of the input streams is already sorted (smallest to largest).
    """
    # An entry is [key, rank, next, value]. Ranks keep equal keys in the order of the iterables, and spare values the
    # comparison.
    direction = -1 if reverse else 1
    rebuild = _heapify_max if reverse else heapify
    replace_top = _heapreplace_max if reverse else heapreplace
    drop_top = _heappop_max if reverse else heappop
    entries = []
    for rank, iterator in enumerate(map(iter, iterables)):
        advance = iterator.__next__
        try:
            value = advance()
        except StopIteration:
            continue
        if key is None:
            entries.append([value, rank * direction, advance])
        else:
            entries.append([key(value), rank * direction, advance, value])
    rebuild(entries)
    while len(entries) > 1:
        try:
            while True:
                entry = entries[0]
                yield entry[-1] if key is not None else entry[0]
                value = entry[2]()
                if key is None:
                    entry[0] = value
                else:
                    entry[0] = key(value)
                    entry[3] = value
                replace_top(entries, entry)
        except StopIteration:
            drop_top(entries)
    if entries:
        # The last input needs no comparisons.
        entry = entries[0]
        yield entry[-1] if key is not None else entry[0]
        yield from entry[2].__self__


def nsmallest(n, iterable, key=None):
    """Find the n smallest elements in a dataset.

    Equivalent to:  sorted(iterable, key=key)[:n]
    """
    return _select(n, iterable, key, largest=False)


def nlargest(n, iterable, key=None):
    """Find the n largest elements in a dataset.

    Equivalent to:  sorted(iterable, key=key, reverse=True)[:n]
    """
    return _select(n, iterable, key, largest=True)


def _select(n, iterable, key, largest):
    if n == 1:
        iterator = iter(iterable)
        missing = object()
        best = (max if largest else min)(iterator, default=missing, key=key)
        return [] if best is missing else [best]
    try:
        size = len(iterable)
    except (TypeError, AttributeError):
        pass
    else:
        if n >= size:
            return sorted(iterable, key=key, reverse=largest)[:n]

    # A heap of the n best so far with the worst of them on top. Ranks break ties in favour of what came first.
    iterator = iter(iterable)
    rank, step = (0, -1) if largest else (0, 1)
    best = []
    for _, value in zip(range(n), iterator):
        sort_key = value if key is None else key(value)
        best.append((sort_key, rank, value) if key is not None else (sort_key, rank))
        rank += step
    if not best:
        return best
    replace_top = heapreplace if largest else _heapreplace_max
    (heapify if largest else _heapify_max)(best)
    top = best[0][0]
    for value in iterator:
        sort_key = value if key is None else key(value)
        if (top < sort_key) if largest else (sort_key < top):
            replace_top(best, (sort_key, rank, value) if key is not None else (sort_key, rank))
            top = best[0][0]
            rank += step
    best.sort(reverse=largest)
    return [entry[-1] if key is not None else entry[0] for entry in best]
