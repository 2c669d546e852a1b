# strip, removeprefix, removesuffix, replace and join.
def attempt(function, *arguments, **keywords):
    try:
        return function(*arguments, **keywords)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


for text in ("", "  ab \t\n", "xxabxx", "中é中a中", "\u3000a\x85\x1c"):
    print([text.strip(), text.lstrip(), text.rstrip(), text.strip("x"), text.lstrip("中é"), text.rstrip("中x "), text.strip("")])
    print([text.removeprefix("xx"), text.removesuffix("xx"), text.removeprefix(""), text.removesuffix("")])
    for old, new in (("a", "BB"), ("", "-"), ("中", ""), ("xx", "é"), ("ab", "ab"), ("q", "z")):
        print([text.replace(old, new), text.replace(old, new, 1), text.replace(old, new, count=0), text.replace(old, new, -5)])
print(attempt("a".strip, 1), attempt("a".replace, "a"), attempt("a".replace, "a", 1), attempt("a".replace, "a", "b", "c"))
print(attempt("a".removeprefix, 1), attempt("a".strip, "a", "b"))
print(",".join([]), ",".join(["a"]), "é".join(["a", "中", ""]), "".join("abc"), "-".join({"k": 1, "v": 2}), "".join(c for c in "xyz"))
print(attempt("a".join, 1), attempt("a".join, ["a", 1]), attempt("a".join, [None]), attempt(",".join, iter([b"a"])))


def failing():
    yield "a"
    raise ValueError("stop")


print(attempt("".join, failing()))
