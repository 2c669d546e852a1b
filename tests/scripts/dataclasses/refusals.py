# Class bodies that @dataclass refuses.
from dataclasses import dataclass, field

bodies = ["a: int = 1; b: int", "a: list = []", "a = field()", "a: int; __slots__ = ('a',)"]
for body in bodies:
    try:
        exec("@dataclass(slots=True)\nclass A:\n  " + body)
    except Exception as error:
        print(type(error).__name__, error)

@dataclass(frozen=True)
class Frozen:
    a: int

for options in ({}, {"frozen": True, "order": True, "eq": False}):
    try:
        dataclass(**options)(type("B", (Frozen,), {}))
    except Exception as error:
        print(type(error).__name__, error)
