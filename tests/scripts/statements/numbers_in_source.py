# Literals of every kind.
print(0x_ff, 0b1010, 0o17, 1_000_000, 1e3, 1.5e-3, .5, 5., 3j, 1e400, 0xDEADBEEF, 12345678901234567890123)
print("a" 'b' """c
d""", r"\n", b"\x41", u"u", "\101 \x41 \u0041 \N{LATIN SMALL LETTER A} \
continued")
print(..., None, True, NotImplemented, (1,), [], {}, {1}, (), {1: 2})
print(-2 ** 2, 2 ** -1, 7 // -2, 7 % -2, -7 // 2, divmod(-7, 2), 1 - -1, ~5, 5 & 3 | 4 ^ 1, 1 << 3 + 1, not 1 == 2)
print(0.1 + 0.2, 1e16, 1e15, 123456789.0, 1e-5, 0.0001, -0.0, 1.0, 100.0, 2.5e20)
