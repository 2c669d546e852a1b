# A metaclass: __prepare__, __new__, __init__, __call__, keywords, and the order of all.
class Meta(type):
    @classmethod
    def __prepare__(mcs, name, bases, **keywords):
        print("prepare", name, [b.__name__ for b in bases], keywords)
        return {"prepared": True}

    def __new__(mcs, name, bases, namespace, **keywords):
        print("new", name, sorted(k for k in namespace if not k.startswith("__")))
        return super().__new__(mcs, name, bases, namespace)

    def __init__(cls, name, bases, namespace, **keywords):
        print("init", name, keywords)
        super().__init__(name, bases, namespace)

    def __call__(cls, *args):
        print("call", args)
        return super().__call__(*args)

    @property
    def label(cls):
        return "<" + cls.__name__ + ">"


class A(metaclass=Meta, option=1):
    x = 1

    def __init__(self, value):
        self.value = value


class B(A, option=2):
    y = 2


print(A(5).value, type(B) is Meta, B.label, B.prepared, hasattr(B(1), "label"))


class OtherMeta(type):
    pass


try:
    class C(A, metaclass=OtherMeta):
        pass
except TypeError as error:
    print(error)
print(type("Dynamic", (A,), {"z": 3}).label)
