# find, rfind, index, rindex, count, startswith and endswith: bounds, empty needles, characters of every width, errors.
def attempt(function, *arguments):
    try:
        return function(*arguments)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


for text in ("", "abcabc", "aé中😀aé中😀" * 3, "a\ud800b\udc00"):
    for needle in ("", "a", "bc", "é", "中😀", "😀a", "x", "\udc00"):
        found = [text.find(needle), text.rfind(needle), text.count(needle)]
        for start, end in ((1, None), (None, -1), (-3, -1), (3, 2), (100, None), (-100, 100), (5, 20)):
            found += [text.find(needle, start, end), text.rfind(needle, start, end), text.count(needle, start, end)]
            found += [text.startswith(needle, start, end), text.endswith((needle, "q"), start, end)]
        print(ascii(needle), found)
long = "中b" * 500 + "é" + "中b" * 500
print([long.index("é", start) for start in (0, 100, 999, 1000)], long.rindex("中b中"), long.find("bé中", 3))
print(attempt("a".index, "b"), attempt("a".rindex, "b", 0, 1), attempt("a".find), attempt("a".find, 1))
print(attempt("a".find, "a", 1.5), attempt("a".find, "a", "b"), attempt("a".count, None), attempt("a".find, "a", 1, 2, 3))
print(attempt("a".startswith, 1), attempt("a".startswith, ("b", 1)), attempt("a".endswith, ("a", 1)), "a".startswith(()))
print("b" in "abc", "中" in long, "" in "", attempt(lambda: 1 in "a"))
