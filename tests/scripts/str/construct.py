# str(object, encoding, errors): decoding, and the errors of the constructor.
def attempt(*arguments, **keywords):
    try:
        return str(*arguments, **keywords)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


class Wrong:
    def __str__(self):
        return 5


print([attempt(), attempt(5), attempt("é"), attempt(b"a"), attempt(None), attempt(object="x"), attempt(encoding="x")])
print([attempt(b"\xc3\xa9", "utf-8"), attempt(bytearray(b"ab"), "ascii"), attempt(memoryview(b"ab"), errors="strict"), attempt(b"", "none such")])
for arguments in ((1, 2), (b"a", 1), (b"a", "ascii", 1), ("a", "ascii"), (1, "ascii"), (1, 2, 3, 4), (b"\xff", "ascii"), (b"a", "none such"), (Wrong(),)):
    print(attempt(*arguments))
print(attempt(b"a", foo=1), attempt(b"a", errors="unknown"), attempt(b"\xff", errors="unknown"))
print("a".__sizeof__() - "".__sizeof__(), "a".__getnewargs__(), str.__new__(str, 5), type(str.__new__(type("T", (str,), {}), "x")).__name__)
