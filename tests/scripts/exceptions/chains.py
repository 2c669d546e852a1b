# Implicit and explicit chains, `from None`, and what tracebacks print of them.
import traceback


def implicit():
    try:
        1 / 0
    except ZeroDivisionError:
        {}["missing"]


def explicit():
    try:
        int("x")
    except ValueError as error:
        raise RuntimeError("explicit") from error


def hidden():
    try:
        [].pop()
    except IndexError:
        raise KeyError("hidden cause") from None


for function in (implicit, explicit, hidden):
    try:
        function()
    except Exception as error:
        print(repr(error), repr(error.__cause__), repr(error.__context__), error.__suppress_context__)
        traceback.print_exc()
try:
    raise ValueError from 3
except TypeError as error:
    print(error)
