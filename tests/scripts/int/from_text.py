# int(text, base): prefixes, underscores, spaces, digits of other scripts, errors.
def attempt(*arguments, **keywords):
    try:
        return int(*arguments, **keywords)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


good = [("  -12\n",), ("1_000",), ("0x1F", 16), ("0x_1f", 0), ("-0b101", 0), ("0o17", 8), ("zz", 36), ("00", 0),
        ("\u0663\u0664",), ("\uff19",), (b" 42 ",), (bytearray(b"101"), 2), ("0b1", 16), ("12", 3)]
bad = [("",), ("_1",), ("1__0",), ("1_",), ("012", 0), ("0x",), ("0x", 16), ("+ 1",), ("1 2",), ("0b12", 0), ("9", 8),
       (b"\xff",), ("\ud800",), ("1\0",), ("x" * 300,), ("1", 1), ("1", 37), ("1", "a"), (1, 10), ([],)]
for arguments in good + bad:
    print(attempt(*arguments))
print(attempt(), attempt(base=10), attempt(x=1), attempt("1", 2, 3), attempt("11", base=2))
