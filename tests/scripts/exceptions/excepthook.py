# sys.excepthook replaced: it gets the exception, the status stays 1.
import sys


def hook(kind, value, traceback):
    print("hook", kind.__name__, value, traceback.tb_lineno)


sys.excepthook = hook
print("raising")
raise LookupError("for the hook")
