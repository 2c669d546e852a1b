# The format specification for floats.
def attempt(value, specification):
    try:
        return repr(format(value, specification))
    except Exception as error:
        return f"{type(error).__name__}: {error}"


values = (0.0, -0.04, 1234567.891, 1e-7, -1e20, float("inf"), float("nan"))
for specification in ("", "e", ".0e", "#.0e", "E", "f", ".0f", "#.0f", ".3f", "F", "g", ".3g", "#.3g", "G", "n", "%", ".1%", ".3", ".17",
                      "+", " ", ",", "_", ",.2f", "020", "020,.1f", ">15.2f", "*^15.2f", "=+15.1f", "z.1f", ".30f", ".25e"):
    print(specification, *(attempt(value, specification) for value in values))
for specification in ("d", "x", "s", "r", ".2147483648f", ".99999999999999999999f", "=^", "5.", ",_"):
    print(specification, attempt(1.5, specification))
print(attempt(0.1, ".60f"), attempt(1e308, ".2f")[-20:], len(format(5e-324, ".1100f")), "%.3f|%10.2e|%-8g|%+.1f" % (1.5, 12345.678, 0.1, 2))
