# classmethod, staticmethod, bound methods and functions in classes.
class A:
    count = 0

    @classmethod
    def make(cls, n):
        cls.count += n
        return cls, cls.count

    @staticmethod
    def helper(x, y=2):
        return x * y

    def method(self):
        return self


class B(A):
    pass


a = A()
print(A.make(1), B.make(5), a.make(2), A.count, B.count)
print(A.helper(3), a.helper(3, 3), a.method() is a, A.method(7))
bound = a.method
print(bound.__self__ is a, bound.__func__ is A.method, bound == a.method, bound is a.method, bound() is a)
print(type(A.__dict__["make"]).__name__, type(A.__dict__["helper"]).__name__, A.__dict__["helper"](5))
print(repr(A.method).split(" at ")[0], repr(B.make)[:22], A.make.__func__.__qualname__)
A.added = lambda self, x: (type(self).__name__, x)
print(a.added(1), B().added(2))
a.own = lambda x: x
print(a.own("no self"))
