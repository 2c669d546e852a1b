# The eight queens, by a recursive generator.
def solutions(n, placed=()):
    if len(placed) == n:
        yield placed
        return
    row = len(placed)
    for column in range(n):
        if all(column != c and abs(column - c) != row - r for r, c in enumerate(placed)):
            yield from solutions(n, (*placed, column))


first = next(solutions(8))
for column in first:
    print(" ".join("Q" if c == column else "." for c in range(8)))
print(sum(1 for _ in solutions(8)), "solutions")
