# The format specification for ints.
def attempt(value, specification):
    try:
        return repr(format(value, specification))
    except Exception as error:
        return f"{type(error).__name__}: {error}"


for specification in ("", "d", "b", "o", "x", "X", "#b", "#o", "#x", "#X", ",", "_", "_b", "_x", "+", " ", "08", "+08d",
                      "<8", ">8", "^8", "=8", "*^9", "012,", "#012x", "e", ".2f", "g", "%", "n", "c"):
    print(specification, [attempt(value, specification) for value in (0, 65, -1234567, 10**25)])
for specification in (".2d", "s", ",x", "_c", "+c", "#c", "z", "zd", ",n", ",_", "y"):
    print(specification, attempt(5, specification), attempt(True, specification))
print(attempt(-1, "c"), attempt(0x110000, "c"), attempt(10**400, "e"))
