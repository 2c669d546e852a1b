# del of names, items, slices and attributes; walrus in its places; chained comparison; conditional.
class A:
    pass


a, b = A(), list(range(6))
a.x = 1
d = {1: 2, 3: 4}
del a.x, b[0], b[1:3], d[1]
print(vars(a), b, d)
c = e = 5
del (c, [e])
try:
    c
except NameError as error:
    print(error)
if (n := len(b)) > 2 and (half := n // 2):
    print(n, half)
while chunk := b[:1]:
    b = b[1:]
    print(chunk, end=" ")
print((y := 3) + y, [z := 1, z + 1])
print(1 < 2 < 3, 1 < 3 > 2, 3 > 2 > 1 == 1 != 2, 1 is not None is not 2, 5 in [5] in [[5]])
print("yes" if n else "no", not [], not not "x", None or "default", 0 and 1 / 0, 1 or 1 / 0, [] or {} or 0 or "")
x = 5
x += 1; x -= 2; x *= 10; x //= 3; x **= 2; x %= 100; x <<= 2; x >>= 1; x |= 8; x &= 60; x ^= 3
print(x)
