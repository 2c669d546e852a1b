# hex, fromhex and as_integer_ratio are exact.
def attempt(function, *arguments):
    try:
        return function(*arguments)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


for number in (0.0, -0.0, 1.0, -0.1, 1e300, 5e-324, 2.2250738585072014e-308, float("inf"), float("nan")):
    print(number.hex(), attempt(number.as_integer_ratio))
for text in ("0x1.8p3", " -0X.8P+1 ", "1p5", "ff", "0x1p-1075", "0x1.8p-1075", "0x1.fffffffffffff8p1023", "0x1.00000000000008p0",
             "0x1.00000000000018p0", "0x1p99999999999999999999", "inf", "+nan", "", "0x", ".", "0x1p", "0x1 p3", "x", "1\0"):
    print(repr(text), attempt(float.fromhex, text))
print(attempt(float.fromhex, 5), float.__getformat__("double"))
