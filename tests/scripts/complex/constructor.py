# complex(): from numbers, text, and objects with __complex__, __float__ or __index__.
def attempt(*arguments, **keywords):
    try:
        return complex(*arguments, **keywords)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


class WithComplex:
    def __complex__(self):
        return 1 + 2j


class WithFloat:
    def __float__(self):
        return 2.5


class Wrong:
    def __complex__(self):
        return 1.0


print(attempt(), attempt(1), attempt(1, 2), attempt(1j, 1j), attempt(real=1, imag=2), attempt(imag=3), attempt(WithComplex()))
print(attempt(WithFloat(), WithFloat()), attempt(WithComplex(), 1), attempt(1, WithComplex()), attempt(Wrong()), attempt([]), attempt(1, "2"))
for text in ("1+2j", " ( 1-2J ) ", "j", "-j", "1e5j", "infj", "nan+infj", "1_0+2_0j", "\u0663j", "1+j", "", "1+2", "1 + 2j", "(1+2j", "1+-2j", "()"):
    print(repr(text), attempt(text))
print(attempt("1", 2), attempt(1, 2, 3), attempt(x=1), attempt(1, real=2), attempt(b"1"))
for specification in ("", ".2f", "20", "<20", "e", "+", ",", ".3", "*^30.1f", "020", "=20", "%", "d"):
    try:
        print(specification, repr(format(1234.5 + 2j, specification)))
    except ValueError as error:
        print(specification, error)
