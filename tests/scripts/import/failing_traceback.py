# The traceback of an exception inside an imported module.
import lib.calls_back


def callback():
    return 1 / 0


lib.calls_back.run(callback)
