# Cycles are collected, finalisers run once each, weak references are cleared before.
import gc
import weakref


class Node:
    def __init__(self, name):
        self.name = name
        self.other = None

    def __del__(self):
        print("del", self.name, self.other.name if self.other else None)


def make():
    a, b = Node("a"), Node("b")
    a.other, b.other = b, a
    return weakref.ref(a, lambda r: print("callback", r() is None))


gc.disable()
reference = make()
print("alive:", reference() is not None, gc.isenabled())
print(gc.collect() >= 2)
print("dead:", reference())
gc.enable()
self_reference = []
self_reference.append(self_reference)
del self_reference


def closure_cycle():
    def f():
        return f
    return weakref.ref(f)


r = closure_cycle()
gc.collect()
print(r(), gc.isenabled())
