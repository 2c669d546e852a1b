# ExitStack: order of the exits, suppressing, replacing, pop_all, callbacks, and contexts of exceptions.
import contextlib


class Manager:
    def __init__(self, name, suppress=False, raises=None):
        self.name, self.suppress, self.raises = name, suppress, raises

    def __enter__(self):
        print("enter", self.name)
        return self.name

    def __exit__(self, kind, error, traceback):
        print("exit", self.name, repr(error))
        if self.raises:
            raise self.raises
        return self.suppress


with contextlib.ExitStack() as stack:
    print(stack.enter_context(Manager("a")))
    stack.callback(print, "callback", 1, end="!\n")
    stack.push(Manager("pushed"))
    stack.push(lambda *details: print("pushed function", details))
    print(stack.callback(list) is list)
with contextlib.ExitStack() as stack:
    stack.enter_context(Manager("outer"))
    stack.enter_context(Manager("suppresses", True))
    stack.enter_context(Manager("replaces", raises=KeyError("second")))
    raise ValueError("first")
try:
    with contextlib.ExitStack() as stack:
        stack.enter_context(Manager("three", raises=OSError("three")))
        stack.enter_context(Manager("two", raises=KeyError("two")))
        raise ValueError("one")
except OSError as error:
    print(repr(error), repr(error.__context__), repr(error.__context__.__context__))
with contextlib.ExitStack() as stack:
    stack.enter_context(Manager("kept"))
    kept = stack.pop_all()
print("left")
kept.close()
for wrong in (3, None):
    try:
        contextlib.ExitStack().enter_context(wrong)
    except TypeError as error:
        print(error)
