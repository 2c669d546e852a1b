# A generator suspended inside with and finally: exits run when it is closed.
class Manager:
    def __init__(self, name):
        self.name = name

    def __enter__(self):
        print("enter", self.name)
        return self

    def __exit__(self, kind, value, traceback):
        print("exit", self.name, kind and kind.__name__)


def generator():
    with Manager("outer"):
        try:
            with Manager("inner"):
                yield 1
                yield 2
        finally:
            yield "in finally"
            print("after the yield in finally")


g = generator()
print(list(g))
g = generator()
next(g)
try:
    g.throw(ValueError("v"))
    next(g)
except ValueError as error:
    print("out:", error)
