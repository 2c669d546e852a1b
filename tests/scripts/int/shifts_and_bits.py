# Shifts and bit operations, negative numbers as two's complement.
def attempt(function):
    try:
        return function()
    except Exception as error:
        return f"{type(error).__name__}: {error}"


values = (0, 5, -5, 2**64 - 1, -(2**64), 2**100 + 3, -(2**100) - 3)
for a in values:
    print(a, ~a, a << 3, a >> 3, a << 100, a >> 64, a >> 200, a.bit_length(), a.bit_count())
for a in values:
    print([a & b for b in values], [a | b for b in values], [a ^ b for b in values])
print(attempt(lambda: 1 << -1), attempt(lambda: 1 >> -1), 0 << (1 << 64), -1 >> (1 << 70), attempt(lambda: 1 << (1 << 64)))
print(True & 3, True | False, True ^ True, True << 2, type(True & False), type(True & 1))
