# An exception in __del__ is reported and ignored.
class Bad:
    def __del__(self):
        raise ValueError("in del")


b = Bad()
del b
print("goes on")


def f():
    b = Bad()
    raise KeyError("from f")


try:
    f()
except KeyError as error:
    print("caught", error)
print("end")
