# raise of a class, an instance, nothing, and what is not an exception.
def attempt(action):
    try:
        action()
    except BaseException as error:
        print(type(error).__name__, error, error.args)


def bare():
    raise


def a_class():
    raise KeyError


def instance():
    raise KeyError("k", 2)


def number():
    raise 3


def a_type():
    raise int


class Strange(Exception):
    def __new__(cls):
        return 5


def strange():
    raise Strange


for function in (bare, a_class, instance, number, a_type, strange):
    attempt(function)


def reraise():
    try:
        raise ValueError("again")
    except ValueError:
        try:
            raise TypeError("inner")
        except TypeError:
            pass
        raise


attempt(reraise)
try:
    raise ValueError
except (TypeError, ValueError) as error:
    pass
try:
    error
except NameError as name_error:
    print(name_error)
try:
    try:
        raise ValueError
    except 5:
        pass
except TypeError as error:
    print(error)
