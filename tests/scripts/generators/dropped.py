# A generator dropped half-way runs its finally; an exception there is reported and ignored.
def generator(name, fail=False):
    try:
        yield name
    finally:
        print("finally", name)
        if fail:
            raise ValueError("in finally of " + name)


g = generator("a")
next(g)
del g
print("a is gone")
g = generator("never started")
del g
g = generator("b", fail=True)
next(g)
g = None
print("b is gone")
for value in generator("c"):
    break
print("c is gone")
