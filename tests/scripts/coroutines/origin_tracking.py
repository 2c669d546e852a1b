# sys.set_coroutine_origin_tracking_depth records where a coroutine was made.
import sys


async def f():
    pass


def maker():
    return f()


sys.set_coroutine_origin_tracking_depth(2)
coroutine = maker()
print([(line, name) for _, line, name in coroutine.cr_origin], sys.get_coroutine_origin_tracking_depth())
coroutine.close()
sys.set_coroutine_origin_tracking_depth(1)
maker()
sys.set_coroutine_origin_tracking_depth(0)
try:
    sys.set_coroutine_origin_tracking_depth(-1)
except ValueError as error:
    print(error)
