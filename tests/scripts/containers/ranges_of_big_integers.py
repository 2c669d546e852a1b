# Ranges beyond machine integers, and at their edge: length, items, slices, membership, iterators both ways.
big = 10**25
for r in (range(big, big + 10, 3), range(big, -big, -big // 2), range(2**63 - 3, 2**63 + 2), range(-(2**63), -(2**63) + 3),
          range(2**62 - 2, 2**62 + 2), range(0, big, 7), range(5, 5 - big, -(2**70)), range(big, big)):
    print(r, hash(r), bool(r), r.start, r.stop, r.step)
    print([n for n, _ in zip(r, range(4))], [n for n, _ in zip(reversed(r), range(4))])
    print(type(iter(r)).__name__, type(reversed(r)).__name__, iter(r).__length_hint__() if r else 0)
    print(r[1:], r[::-1], r[-2:], r == range(r.start, r.stop, r.step), r[:3].count(r.start))
    for probe in (r.start, r.stop, r.start + r.step, 2**63, big + 1):
        try:
            print(probe in r, r.index(probe), end=" ")
        except ValueError as error:
            print(error, end=" ")
    try:
        print(len(r))
    except OverflowError as error:
        print(error)
    iterator = iter(r)
    next(iterator, None)
    print(iterator.__reduce__()[1], r.__reduce__())
print(slice(2**100, None, -(2**80)).indices(2**99), slice(-(2**70), 2**70).indices(10))
