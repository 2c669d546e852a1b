# cr_await, cr_frame, cr_running, cr_code, cr_suspended and names through the life of a coroutine.
class Cede:
    def __await__(self):
        yield 1


async def inner():
    await Cede()


async def outer():
    await inner()


def show(label):
    print(label, coroutine.cr_running, coroutine.cr_suspended, type(coroutine.cr_await).__name__,
          coroutine.cr_frame and coroutine.cr_frame.f_lineno, coroutine.cr_code.co_name)


coroutine = outer()
show("created")
coroutine.send(None)
show("suspended")
print(coroutine.cr_await.cr_code.co_name, type(coroutine.cr_await.cr_await).__name__)
coroutine.close()
show("closed")
coroutine.__name__ = "renamed"
coroutine.__qualname__ = "quite.renamed"
print(coroutine.__name__, repr(coroutine).split(" at ")[0])
try:
    coroutine.__name__ = 3
except TypeError as error:
    print(error)
print(coroutine.cr_origin)
