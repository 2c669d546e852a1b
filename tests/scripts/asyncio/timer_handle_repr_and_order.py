# TimerHandles: repr, hash, equality and order; other types' own comparison methods win.
import asyncio


def callback(*args):
    pass


class Greater:
    def __eq__(self, other):
        return "equal"

    def __gt__(self, other):
        return "greater"

    __lt__ = __ge__ = __le__ = __gt__


loop = asyncio.new_event_loop()
one, same, later = (asyncio.TimerHandle(when, callback, (1,), loop) for when in (123, 123, 456))
print(one, one.when(), hash(one) == hash(123))
print(one == same, one != same, one == later, one < later, one <= same, one > later, one >= same)
print(one == asyncio.Handle(callback, (1,), loop), one == 123, one == Greater(), one < Greater())
try:
    one < 123
except TypeError as error:
    print(error)
same.cancel()
print(same, one == same, one <= same, one < same)
loop.set_debug(True)
debugged = asyncio.TimerHandle(7.5, callback, (1,), loop)
print(debugged)
debugged.cancel()
print(debugged)
print(asyncio.TimerHandle, type(one).__mro__[1:])
loop.close()
