# The report of exceptions whose __str__ or __repr__ fails, and of those with odd names.
import traceback


class NoStr(Exception):
    def __str__(self):
        raise ValueError("str fails")


class Empty(Exception):
    pass


class Outer:
    class Nested(Exception):
        pass


for error in (NoStr(), Empty(), Outer.Nested("n"), Exception(""), Exception("two\nlines"), KeyError("key"), Empty(1, 2)):
    traceback.print_exception(error)
print("end")
raise NoStr
