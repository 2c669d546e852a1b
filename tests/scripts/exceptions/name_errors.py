# UnboundLocalError, NameError and cells not yet bound.
def local():
    print(x)
    x = 1


def deleted():
    y = 1
    del y
    return y


def free():
    def inner():
        return z
    result = inner()
    z = 1
    return result


def class_cell():
    class A:
        def f(self):
            return w
    A().f()
    w = 1


def delete_twice():
    v = 1
    del v
    del v


for function in (local, deleted, free, class_cell, delete_twice, lambda: undefined_name):
    try:
        function()
    except NameError as error:
        print(type(error).__name__, error)
try:
    del not_there
except NameError as error:
    print(error)
