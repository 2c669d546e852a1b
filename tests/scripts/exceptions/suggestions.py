# "Did you mean" for names, attributes, imports and keyword arguments.
import traceback


class A:
    colour = 1
    _hidden = 2

    def method(self):
        return color_of_this

    def uses_self(self):
        return colour


color_of_that = 3


def keyword(first, second=2):
    pass


def misspelled_local():
    counter = 1
    return countr


for action in (lambda: A().color, lambda: A().methd(), lambda: pritn("x"), A().method, A().uses_self, lambda: keyword(first=1, secnd=2),
               misspelled_local, lambda: [].apend(1), lambda: "".uper(), lambda: A().xyzzy, lambda: lenght, lambda: Tru,
               lambda: sys.version, lambda: A()._hiden):
    try:
        action()
    except Exception as error:
        print(traceback.format_exception_only(error)[-1], end="")
for action in (A().method, A().uses_self, misspelled_local, lambda: pritn("x")):
    try:
        action()
    except NameError as error:
        print(traceback.format_exception(error)[-1], end="")
