# __new__ and __init__: who gets what, returning something else, singletons, immutable bases.
class Singleton:
    instance = None

    def __new__(cls, *args):
        print("new", args)
        if cls.instance is None:
            cls.instance = super().__new__(cls)
        return cls.instance

    def __init__(self, *args):
        print("init", args)


print(Singleton(1) is Singleton(2))


class Other:
    def __new__(cls):
        return 42

    def __init__(self):
        print("not called")


print(Other())


class Inches(float):
    def __new__(cls, value):
        return super().__new__(cls, value * 2.54)


class Pair(tuple):
    def __new__(cls, a, b):
        return super().__new__(cls, (a, b))


print(Inches(2), Pair(1, 2), type(Pair(1, 2)).__name__)


class BadInit:
    def __init__(self):
        return 3


for action in (BadInit, lambda: object(1), lambda: object.__new__(int), lambda: Singleton.__new__(), lambda: type("X", (), {})(5)):
    try:
        action()
    except TypeError as error:
        print(error)
