# The traceback module: format_exc, format_exception_only, extract_tb, print_stack, TracebackException.
import sys
import traceback


def f():
    g()


def g():
    raise ValueError("deep\nsecond line")


try:
    f()
except ValueError as error:
    print(traceback.format_exc(), end="")
    print(traceback.format_exception_only(error))
    for frame in traceback.extract_tb(error.__traceback__):
        print(frame.name, frame.lineno, frame.line)
    print("".join(traceback.format_list(traceback.extract_tb(error.__traceback__, limit=1))), end="")
    traceback.print_exception(error, limit=-1, file=sys.stdout)
    print("".join(traceback.TracebackException.from_exception(error).format()), end="")


def show():
    traceback.print_stack(file=sys.stdout)
    print([frame.name for frame in traceback.extract_stack()])


show()
