# The body of a class is a scope: no closure over it, its names, __class__, nested classes.
x = "global"


class A:
    x = "class"
    seen = x
    later = [x for _ in range(1)]
    first = [y for y in x]

    def method(self):
        return x, self.x, __class__

    class Inner:
        try:
            y = seen
        except NameError as error:
            y = str(error)

    for i in range(3):
        pass
    del seen


print(A.later, A.first, A().method(), A.Inner.y, A.i, hasattr(A, "seen"))
print(A.__name__, A.__qualname__, A.Inner.__qualname__, A.__module__, A.__doc__, A.method.__qualname__)


def f():
    x = "local"

    class B:
        print(x)
        x = "in B"
        print(x)

        def get(self):
            return x

    return B().get()


print(f())
