# __init_subclass__ with keywords, and the order with __set_name__.
class Base:
    registry = []

    def __init_subclass__(cls, /, tag=None, **keywords):
        super().__init_subclass__(**keywords)
        print("init_subclass", cls.__name__, tag)
        cls.registry.append(cls.__name__)


class Named:
    def __set_name__(self, owner, name):
        print("set_name", name)


class A(Base, tag="first"):
    field = Named()
    other = Named()


class B(A):
    pass


print(Base.registry)
for wrong in ({"unknown": 1}, {"tag": 1, "more": 2}):
    try:
        type("C", (Base,), {}, **wrong)
    except TypeError as error:
        print(error)
try:
    class D(object, keyword=3):
        pass
except TypeError as error:
    print(error)


class Bad:
    def __set_name__(self, owner, name):
        raise ValueError("no name")


try:
    class E:
        bad = Bad()
except ValueError as error:
    print(repr(error), error.__notes__)
