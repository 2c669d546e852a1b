# The order of weak reference callbacks and __del__.
import weakref


class A:
    def __del__(self):
        print("del; the reference is", first())


a = A()
first = weakref.ref(a, lambda r: print("first"))
second = weakref.ref(a, lambda r: print("second"))
third = weakref.ref(a, lambda r: 1 / 0)
del a
print("after")
b = A.__new__(object.__class__, "B", (), {}) if False else type("B", (), {})()
dead = weakref.ref(b, lambda r: print("never called"))
del dead
del b
print("end")
