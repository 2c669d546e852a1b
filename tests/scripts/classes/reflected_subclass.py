# A subclass's reflected method is tried first, when it overrides it.
class A:
    def __add__(self, other):
        return "A.add"

    def __radd__(self, other):
        return "A.radd"

    def __lt__(self, other):
        return "A.lt"

    def __gt__(self, other):
        return "A.gt"


class B(A):
    pass


class C(A):
    def __radd__(self, other):
        return "C.radd"

    def __gt__(self, other):
        return "C.gt"


class N:
    def __add__(self, other):
        return NotImplemented

    def __radd__(self, other):
        return "N.radd"


print(A() + B(), A() + C(), C() + A(), A() < C(), A() < B(), N() + A(), A() + N())
try:
    N() + N()
except TypeError as error:
    print(error)


class I(int):
    def __radd__(self, other):
        return "I.radd"


print(1 + I(2), I(2) + 1, I(1) + I(2))
