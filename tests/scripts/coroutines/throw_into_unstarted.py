# throw into a coroutine that has not started, has finished, or with a bad argument.
async def f():
    print("not printed")


coroutine = f()
try:
    coroutine.throw(KeyError("early"))
except KeyError as error:
    print(repr(error))
try:
    coroutine.throw(KeyError("late"))
except RuntimeError as error:
    print(error)
coroutine = f()
for wrong in (3, "text", int):
    try:
        coroutine.throw(wrong)
    except TypeError as error:
        print(error)
coroutine.close()
