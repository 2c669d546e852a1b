# Traceback objects: walking, tb_lineno, tb_next, frames, and with_traceback.
import sys


def inner():
    secret = 42
    raise ValueError("v")


def outer():
    inner()


try:
    outer()
except ValueError as error:
    tb = error.__traceback__
    while tb:
        print(tb.tb_frame.f_code.co_name, tb.tb_lineno, tb.tb_frame.f_locals.get("secret"))
        last, tb = tb, tb.tb_next
    kind, value, traceback = sys.exc_info()
    print(kind is ValueError, value is error, traceback is error.__traceback__, sys.exception() is error)
    print(error.with_traceback(None) is error, error.__traceback__)
print(sys.exc_info())
try:
    raise ValueError("x").with_traceback(last)
except ValueError as error:
    print(error.__traceback__.tb_next is last)
