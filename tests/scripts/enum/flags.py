# Flags: combination, iteration, inversion, and the four boundaries.
from enum import CONFORM, EJECT, KEEP, Flag, IntFlag, auto

class Permission(Flag):
    R = auto()
    W = auto()
    X = auto()
    RW = R | W

class Bits(IntFlag):
    A = 1
    B = 2

print(Permission.R | Permission.X, Permission.RW, list(Permission.RW), ~Permission.R, Permission(0), Permission.R in Permission.RW)
print(Bits(7), Bits.A | 8, ~Bits.A, Bits.B & 3, list(Permission), bool(Permission(0)), str(Permission(5)))
for boundary in (CONFORM, EJECT, KEEP):
    class Example(Flag, boundary=boundary):
        ONE = 1
        TWO = 2
    print(boundary, repr(Example(7)))
for call in (lambda: Permission(8), lambda: Permission.R | 1, lambda: 5 in Permission.R, lambda: Permission("x")):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)
