# set and frozenset: operations, comparisons, methods, and the errors.
a, b = {1, 2, 3}, {3, 4}
print(a | b, a & b, a - b, a ^ b, a < {1, 2, 3, 4}, a <= a, a > b, a.isdisjoint({9}), a.issuperset([1]), 2 in a, len(a))
a.add(5); a.discard(99); a.remove(1); a.update([7], (8,)); print(sorted(a))
a -= {7}; a |= {10}; a &= {2, 3, 10, 8}; a ^= {2, 50}; print(sorted(a))
f = frozenset("abc")
print(f == set("cab"), hash(f) == hash(frozenset("cba")), f | {"d"} == frozenset("abcd"), type(f | {"d"}).__name__, type({"d"} | f).__name__, {f: 1}[frozenset("bca")])
print(set(), frozenset(), {1}, frozenset({1}), {frozenset({2})}, set("a").union("b", "c") == set("abc"), a.copy() is a, f.copy() is f)
print(sorted({1, 2}.symmetric_difference([2, 3])), {1, 2}.intersection([2], (2, 5)), {1, 2, 3}.difference([1], [2]), {1, 1.0, True})
for action in (lambda: a.remove(99), lambda: set().pop(), lambda: {[]}, lambda: a | [1], lambda: f.add(1), lambda: set(5), lambda: a < [1], lambda: hash(set())):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, error)
try:
    for x in a:
        a.add(x + 1000)
except RuntimeError as error:
    print(error)
s = {1, frozenset({9})}
s.discard({9}); print(s, {9} in {frozenset({9})})
