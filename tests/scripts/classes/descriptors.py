# Descriptors: data and non-data, __set_name__, access on the class, and order of lookup.
class Data:
    def __set_name__(self, owner, name):
        print("set_name", owner.__name__, name)
        self.name = "_" + name

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        return ("data", instance.__dict__.get(self.name))

    def __set__(self, instance, value):
        instance.__dict__[self.name] = value * 2

    def __delete__(self, instance):
        print("delete")
        instance.__dict__.pop(self.name, None)


class NonData:
    def __get__(self, instance, owner=None):
        return ("non-data", instance is None, owner.__name__)


class A:
    data = Data()
    non_data = NonData()
    alias = data


a = A()
a.data = 5
print(a.data, a.__dict__, type(A.data).__name__)
a.__dict__["data"] = "hidden"
a.__dict__["non_data"] = "wins"
print(a.data, a.non_data, A.non_data)
del a.data, a.non_data
print(a.data, a.non_data)


class SetOnly:
    def __set__(self, instance, value):
        instance.__dict__["x"] = value


class B:
    x = SetOnly()


b = B()
print(type(b.x).__name__)
b.x = 3
print(b.x)
try:
    del b.x
except AttributeError as error:
    print(error)
