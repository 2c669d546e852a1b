# A generator that resumes itself.
def generator():
    for action in (lambda: next(g), lambda: g.send(1), lambda: g.throw(KeyError()), lambda: g.close()):
        try:
            action()
        except ValueError as error:
            yield str(error)


g = generator()
print(list(g))


def delegating():
    yield from me


me = delegating()
try:
    next(me)
except ValueError as error:
    print(error)
