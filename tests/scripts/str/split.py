# split, rsplit, splitlines and partition.
def attempt(function, *arguments, **keywords):
    try:
        return function(*arguments, **keywords)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


for text in ("", "  ", "a", " a  b c ", "a,b,,c,", "é\u3000中\x1c\x85 x", "aXXbXXXc"):
    for maximum in (-1, 0, 1, 2):
        print([text.split(None, maximum), text.rsplit(maxsplit=maximum), text.split(",", maximum), text.rsplit(",", maximum)])
        print([text.split("XX", maximum), text.rsplit("XX", maximum)])
    print(text.partition("XX"), text.rpartition("XX"), text.partition(" "), text.rpartition("中"))
lines = "a\nb\r\nc\rd\ve\ff\x1cg\x1dh\x1ei\x85j\u2028k\u2029\n\n"
print(lines.splitlines(), lines.splitlines(True), "".splitlines(), "\n".splitlines(keepends=True), "a".splitlines())
print(attempt("a".split, ""), attempt("a".rsplit, ""), attempt("a".split, 1), attempt("a".split, "a", "b"))
print(attempt("a".partition, ""), attempt("a".partition, 1), attempt("a".rpartition, None))
print(attempt("a".split, " ", 1, 2), attempt("a".split, foo=1), attempt("a".split, "a", 1.5))
