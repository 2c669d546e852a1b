# match: mappings with rest, classes with __match_args__, attributes, values by dotted names.
class Point:
    __match_args__ = ("x", "y")

    def __init__(self, x, y):
        self.x, self.y = x, y


class Constants:
    RED = "#f00"


def kind(value):
    match value:
        case {"type": "circle", "r": r}:
            return "circle", r
        case {"a": 1, **rest}:
            return "rest", rest
        case {}:
            return "mapping"
        case Point(0, 0):
            return "origin"
        case Point(x, y=0):
            return "on x", x
        case Point(x=x, y=y) if x == y:
            return "diagonal"
        case Point():
            return "point"
        case Constants.RED:
            return "red"
        case int() | float() as number:
            return "number", number
        case list([a, b]):
            return "list of two", a, b


for value in ({"type": "circle", "r": 2, "more": 1}, {"a": 1, "b": 2}, {"z": 1}, {}, Point(0, 0), Point(3, 0), Point(2, 2), Point(1, 2), "#f00", 3, 2.5, [1, 2], "nothing"):
    print(kind(value))


def wrong(value):
    match value:
        case Point(1, 2, 3):
            pass


try:
    wrong(Point(1, 2))
except TypeError as error:
    print(error)


class BadArgs:
    __match_args__ = ["x"]


try:
    match BadArgs():
        case BadArgs(1):
            pass
except TypeError as error:
    print(error)
