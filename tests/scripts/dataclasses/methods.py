# What @dataclass makes of fields: __init__, __repr__, comparison, hash, frozen and slots.
from dataclasses import KW_ONLY, InitVar, asdict, astuple, dataclass, field, fields, replace

@dataclass(order=True)
class Point:
    x: int
    y: int = 0
    tags: list = field(default_factory=list, compare=False, repr=False)

@dataclass(frozen=True, slots=True)
class Key:
    name: str
    _: KW_ONLY
    size: int = 3

@dataclass
class Made:
    seed: InitVar[int]
    value: int = field(init=False)

    def __post_init__(self, seed):
        self.value = seed * 2

print(Point(1), Point(1) == Point(1, 0), Point(1) < Point(2), Point.__doc__, Point.__match_args__)
print(Key("a"), Key("a", size=4), hash(Key("a")) == hash(Key("a")), Key.__slots__, Made(4), [f.name for f in fields(Point)])
print(asdict(Point(1, 2, [Key("k")])), astuple(Point(1)), replace(Point(1), y=5))
for call in (lambda: Point(), lambda: Point(1, 2, [], 4), lambda: setattr(Key("a"), "name", 1), lambda: Key("a", 4),
             lambda: Point(1) < 5, lambda: replace(Made(1)), lambda: hash(Point(1)), lambda: asdict(5)):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)
