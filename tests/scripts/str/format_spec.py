# The format specification for strings.
def attempt(value, specification):
    try:
        return format(value, specification)
    except ValueError as error:
        return error


for specification in ("", "s", "5", "<5", ">5", "^5", "^6", "*^7", "中>6", ".2", ".0", "6.2", ">6.1s", "05", "<05", "0", "0>4", "é<4", "😀^8.2", "1"):
    print(repr(specification), [attempt(text, specification) for text in ("", "ab", "é中😀")])
for specification in ("d", "=5", "+", "-", " ", ",", "_", ",,", "__", ",_", "#", "z", ".", "5.", "xx5", "ss", "5x", "\u1234", "\0", "0=5", "99999999999999999999", ".99999999999999999999"):
    print(ascii(specification), attempt("ab", specification))
print("{:{}}|{:{w}.{p}}|{!r:>8}|{!s:^5}|{!a}".format("a", 4, "abcdef", "é", "b", "é", w=5, p=2))
print(f"{'ab':>{3 + 2}}|{'é'!a:8}|{'x'!r:*^7}|{'y':<{4}}|")
