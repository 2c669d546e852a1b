# Every function of itertools on small inputs, with the errors of bad arguments.
from itertools import *

uses = """accumulate(p)|accumulate(p, max, initial=n)|batched(q, n)|batched(q, 2, strict=True)|chain(p, q, [n])
chain.from_iterable([p, q])|combinations(q, n)|combinations_with_replacement(q, n)|compress(q, p)
islice(count(n), 3)|islice(count(1.5, -n), 3)|islice(cycle(q), 7)|dropwhile(lambda x: x < 2, p)
takewhile(lambda x: x < 2, p)|filterfalse(None, p)|filterfalse(lambda x: x % 2, p)|islice(q, n)
islice(q, 1, None, n or 1)|pairwise(q)|permutations(q, n)|permutations(q)|product(p, q)|product(p, repeat=n)
repeat(q, n)|starmap(pow, zip(p, p))|zip_longest(p, q, "xy", fillvalue=n)|map(list, tee(q, n))
((k, list(g)) for k, g in groupby(p))|groupby(p)""".replace("\n", "|").split("|")
for p, q, n in (([], "", 0), ([1, 0, 2, 2], "abc", 2), ([3, 3, 1], "ab", 3), ([0], "abcd", 1)):
    for use in uses:
        try:
            result = list(eval(use))
            print(use, "->", result if "groupby(p)" != use else [k for k, _ in result])
        except (ValueError, TypeError) as error:
            print(use, "!", error)
for bad in ("accumulate()", "batched('a', 0)", "combinations('a', -1)", "count('a')", "islice([1], -1)", "islice([1], 1, 2, 0)",
            "permutations([1], 1.5)", "product([1], repeat=-1)", "repeat(1, 'a')", "tee([1], -1)", "zip_longest(1)",
            "pairwise(a=1)", "chain(1).__next__()", "starmap(pow, [1]).__next__()", "repeat(1).__length_hint__()"):
    try:
        print(bad, eval(bad))
    except (ValueError, TypeError) as error:
        print(bad, type(error).__name__, error)
print(count(), count(2, 3), count(1.5), repeat("x"), repeat(1, 2))
a, b = tee(iter([1, 2, 3]))
print(next(a), next(a), list(b), list(a.__copy__()), list(a))
groups = groupby("aab")
first, second = next(groups), next(groups)
print(list(first[1]), list(second[1]), list(groups))
