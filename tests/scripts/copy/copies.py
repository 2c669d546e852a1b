# Shallow and deep copies: shared parts, cycles, slots, and objects with methods of their own for it.
import copy

class Plain:
    def __init__(self, items):
        self.items = items

class Slotted:
    __slots__ = ("a", "__dict__")

class Own:
    def __copy__(self):
        return "shallow"

    def __deepcopy__(self, memo):
        return "deep"

inner = [1]
plain = Plain([inner, inner])
shallow, deep = copy.copy(plain), copy.deepcopy(plain)
print(shallow.items is plain.items, deep.items is plain.items, deep.items[0] is deep.items[1], deep.items)
slotted = Slotted()
slotted.a, slotted.b = [1], [2]
made = copy.deepcopy(slotted)
print(made.a, made.b, made.a is slotted.a)
cycle = [1]
cycle.append((cycle,))
other = copy.deepcopy(cycle)
print(other[1][0] is other, other is cycle, copy.copy(Own()), copy.deepcopy([Own()]))
text = "immutable"
print(copy.deepcopy(text) is text, copy.deepcopy((1, text)) == (1, text), copy.copy({1: inner})[1] is inner)
try:
    copy.replace(5, a=1)
except TypeError as error:
    print(error)
