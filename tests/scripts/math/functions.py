# Functions of reals: domain and range errors, special values, logarithms of large ints.
import math

inf, nan = float("inf"), float("nan")


def attempt(function, *arguments):
    try:
        return function(*arguments)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


for name in ("acos", "acosh", "asin", "asinh", "atan", "atanh", "cbrt", "ceil", "cos", "cosh", "erf", "erfc", "exp", "exp2", "expm1", "fabs",
             "floor", "frexp", "gamma", "lgamma", "log", "log10", "log1p", "log2", "modf", "sin", "sinh", "sqrt", "tan", "tanh", "trunc", "ulp"):
    print(name, [attempt(getattr(math, name), x) for x in (0.0, 0.5, -0.5, 1, 2.75, -3, 171.5, 1000, inf, -inf, nan)])
for name in ("atan2", "copysign", "fmod", "nextafter", "pow", "remainder"):
    print(name, [attempt(getattr(math, name), x, y) for x, y in ((1, 2), (5.5, -2), (0, -1), (-1, 0.5), (10, 400), (inf, 1), (1, inf), (nan, 1))])
print(math.log(10**400), math.log2(2**2000), math.log10(10**400), attempt(math.log, -(10**400)), attempt(math.log, 10, 1), math.log(8, 2))
print(attempt(math.ldexp, 1, 2000), math.ldexp(1, -2000), attempt(math.ldexp, 1, 1.0), math.fma(0.1, 10, -1), attempt(math.fma, inf, 0, 1))
print(math.nextafter(1, 2, steps=3), math.isclose(1, 1 + 1e-10), math.isclose(1, 1.1, abs_tol=0.2), attempt(math.sin, "a"), attempt(math.sin))
