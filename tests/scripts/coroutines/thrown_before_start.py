# An exception thrown into a generator or coroutine that has not started stands at its `def` line (or first decorator).
import sys
import traceback


async def coroutine(n):
    async with n:
        pass


@(lambda function: function)
def generator(a,
              b=2):
    yield 1


async def awaits(n):
    await n

for made in (coroutine(1), generator(1), awaits(1)):
    try:
        made.throw(ValueError('x'))
    except ValueError as error:
        inner = error.__traceback__.tb_next
        print(inner.tb_lineno, inner.tb_frame.f_lineno)
        traceback.print_exc(file=sys.stdout)
generator(2).throw(KeyError('uncaught'))
