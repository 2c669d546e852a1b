# Enumerations: members, aliases, look-up, auto, methods, and the errors of each.
from enum import Enum, IntEnum, StrEnum, auto, unique

class Colour(Enum):
    RED = 1
    GREEN = auto()
    CRIMSON = RED

    def describe(self):
        return f"{self.name.lower()}={self.value}"

class Level(IntEnum):
    LOW = 1
    HIGH = auto()

class Kind(StrEnum):
    FIRST = auto()

print(list(Colour), Colour.CRIMSON is Colour.RED, Colour(2), Colour["RED"], Colour.RED.describe(), len(Colour))
print(str(Colour.RED), f"{Level.HIGH}", repr(Level.HIGH), Level.LOW < 2, Kind.FIRST, repr(Kind.FIRST), Colour, Colour.__members__)
for call in (lambda: Colour(9), lambda: Colour["BLUE"], lambda: Colour.BLUE, lambda: setattr(Colour, "RED", 2),
             lambda: Colour.RED < Colour.GREEN, lambda: unique(Colour), lambda: type("X", (Colour,), {}),
             lambda: Enum("Again", "a a"), lambda: setattr(Colour.RED, "name", "x")):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)
