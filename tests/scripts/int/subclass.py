# A subclass of int keeps its type only where it is made; arithmetic gives ints.
class Number(int):
    def __new__(cls, value, name="none"):
        self = super().__new__(cls, value)
        self.name = name
        return self

    def __add__(self, other):
        return Number(int(self) + int(other), self.name + "+")


small, large = Number(5, "five"), Number(10**30, "large")
print(small, large, small.name, large.name, type(small), small == 5, hash(large) == hash(10**30), small.__dict__)
print(type(small + 1), (small + 1).name, type(1 + small), type(small * 2), type(-small), type(+small), type(abs(small)))
print(type(int(small)), type(small.real), type(small.numerator), type(small.__trunc__()), type(round(small)), type(small.conjugate()))
print(small.__getnewargs__(), {5: "found"}[small], [10, 20, 30, 40, 50, 60][small], small < large, max(small, large).name, bool(Number(0)))
print(isinstance(True, int), True + True, True == 1, repr(True), int(True), type(True + 0))
