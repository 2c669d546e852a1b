# Objects linked three hundred thousand deep die, by reference counts and by the collector, in order from the outside in.
import functools
import gc
import types

DEPTH = 300_000


class Node:
    def __init__(self, next):
        self.next = next


class Slotted:
    __slots__ = ('next',)

    def __init__(self, next):
        self.next = next


def closure(value):
    def inner():
        return value
    return inner


class Numbered:
    def __init__(self, next, number):
        self.next = next
        self.number = number

    def __del__(self):
        died.append(self.number)


for make in (Node, Slotted, closure, lambda x: functools.partial(print, x), types.CellType,
             lambda x: types.MethodType(print, [x]), lambda x: ValueError(x), slice, lambda x: types.MappingProxyType({1: x})):
    value = None
    for _ in range(DEPTH):
        value = make(value)
    del value
    value = None
    for _ in range(DEPTH):
        value = make(value)
    cycle = [value]
    cycle.append(cycle)
    del value, cycle
    gc.collect()
    print(make.__name__, 'freed')

died = []
chain = None
for number in range(100_000):
    chain = Numbered(chain, number)
del chain
print(len(died), died[:2], died[-2:])
