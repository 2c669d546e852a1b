# Annotations of variables, classes and functions are evaluated and kept.
number: int = 3
declared: "not evaluated"
print(__annotations__)


class A:
    x: int
    y: str = "y"
    z: list[int] = []


def f(a: int, *args: "star", b: 1 + 1 = 5, **kw: dict) -> print("evaluated"):
    inner: undefined_name = 1
    return inner


print(A.__annotations__, hasattr(A, "x"), f.__annotations__, f(1))
a = A()
a.w: int = 4
print(a.w)
try:
    bad: missing_name = 1
except NameError as error:
    print(error)
