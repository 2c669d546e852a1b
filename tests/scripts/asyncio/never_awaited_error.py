# The warning about a forgotten coroutine as an error goes to the unraisable hook.
# flags: -W error
import sys


async def forgotten():
    pass


def hook(unraisable):
    print("hook:", unraisable.exc_type.__name__, unraisable.exc_value, unraisable.err_msg)


sys.unraisablehook = hook
forgotten()
print("end")
