# contextlib: contextmanager, suppress, closing, ExitStack, nullcontext, redirect_stdout.
import contextlib
import io


@contextlib.contextmanager
def manager(name):
    print("enter", name)
    try:
        yield name.upper()
    except ValueError as error:
        print("swallowed", error)
    finally:
        print("exit", name)


with manager("a") as a:
    print(a)
with manager("b"):
    raise ValueError("v")
try:
    with manager("c"):
        raise KeyError("k")
except KeyError as error:
    print("through", error)
with contextlib.suppress(ZeroDivisionError, KeyError):
    1 / 0
with contextlib.ExitStack() as stack:
    for name in "xyz":
        stack.enter_context(manager(name))
    stack.callback(print, "callback", 1)
with contextlib.closing(io.StringIO()) as text, contextlib.redirect_stdout(text):
    print("hidden")
    kept = text.getvalue()
print(repr(kept), text.closed)
with contextlib.nullcontext(5) as five:
    print(five)


@manager("decorator")
def decorated():
    print("inside")


decorated()
try:
    with contextlib.contextmanager(lambda: iter(()))():
        pass
except RuntimeError as error:
    print(error)
