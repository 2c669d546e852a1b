# Inheritance, super in several forms, the method resolution order of a diamond and its errors.
class A:
    def who(self):
        return ["A"]


class B(A):
    def who(self):
        return ["B"] + super().who()


class C(A):
    def who(self):
        return ["C"] + super(C, self).who()


class D(B, C):
    def who(self):
        return ["D"] + super().who()

    @classmethod
    def make(cls):
        return cls.__name__, super().__thisclass__.__name__


print(D().who(), [c.__name__ for c in D.__mro__], D.make())
print(isinstance(D(), A), issubclass(D, (int, C)), D.__bases__, A.__subclasses__())
for bases in ((A, B), (B, B), (bool,), (3,)):
    try:
        type("E", bases, {})
    except TypeError as error:
        print(error)
try:
    super().x
except RuntimeError as error:
    print(error)
