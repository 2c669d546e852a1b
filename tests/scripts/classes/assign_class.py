# Assignment to __class__, __bases__, __name__ and __qualname__.
class A:
    def who(self):
        return "A"


class B:
    def who(self):
        return "B"


class C(A):
    pass


o = A()
o.__class__ = B
print(o.who(), type(o).__name__)
C.__bases__ = (B,)
print(C().who(), C.__mro__)
A.__name__, A.__qualname__ = "Renamed", "deep.Renamed"
print(A, A.__name__)
for action in (lambda: setattr(o, "__class__", int), lambda: setattr(o, "__class__", 3), lambda: setattr(int, "x", 1),
               lambda: setattr(A, "__name__", 5), lambda: setattr(C, "__bases__", ())):
    try:
        action()
    except TypeError as error:
        print(error)
