# Class and instance attributes, defaults shared by all, deletion and the errors.
class Dog:
    kind = "canine"
    tricks = []

    def __init__(self, name):
        self.name = name


a, b = Dog("Rex"), Dog("Ida")
a.tricks.append("roll")
a.kind = "wolf"
print(a.name, b.name, a.kind, b.kind, b.tricks, Dog.kind)
print(a.__dict__, b.__dict__, vars(a) is a.__dict__)
del a.kind
print(a.kind)
for action in (lambda: a.missing, lambda: delattr(a, "kind"), lambda: Dog.missing, lambda: Dog()):
    try:
        action()
    except (AttributeError, TypeError) as error:
        print(type(error).__name__, error)
setattr(a, "x", 1)
print(getattr(a, "x"), getattr(a, "y", "default"), hasattr(a, "z"), sorted(n for n in dir(a) if n[0] != "_"))
a.__dict__["direct"] = 5
print(a.direct)
a.__dict__ = {"only": 1}
print(a.only, hasattr(a, "name"))
