# The report of an uncaught chain of three exceptions.
class Custom(Exception):
    pass


def first():
    raise Custom("one", 1)


def second():
    try:
        first()
    except Custom:
        raise ValueError("two")


def third():
    try:
        second()
    except ValueError as error:
        raise TypeError from error


print("before")
third()
