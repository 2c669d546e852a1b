# center, ljust, rjust, zfill, expandtabs.
def attempt(function, *arguments, **keywords):
    try:
        return function(*arguments, **keywords)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


for text in ("", "a", "ab", "é中😀"):
    for width in (-1, 0, 2, 3, 4, 5, 8):
        print([text.center(width), text.ljust(width, "*"), text.rjust(width, "中"), text.center(width, "é"), text.zfill(width)])
print("-5".zfill(5), "+5".zfill(4), "--5".zfill(6), "-".zfill(3), "+é".zfill(5))
for text in ("a\tb", "\t", "ab\tc\td", "中\té\r\tx\n\ty", "no"):
    print([text.expandtabs(), text.expandtabs(4), text.expandtabs(1), text.expandtabs(0), text.expandtabs(-3), text.expandtabs(tabsize=3)])
print(attempt("a".center), attempt("a".center, "x"), attempt("a".center, 5, "xx"), attempt("a".center, 5, 1), attempt("a".ljust, 5, ""))
print(attempt("a".zfill, "x"), attempt("a".expandtabs, "x"), attempt("a".expandtabs, tabsize=2**40), attempt("a".rjust, 2**70))
