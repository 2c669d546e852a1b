# gi_frame, gi_running, gi_code, gi_yieldfrom, gi_suspended and names.
def inner():
    yield 1


def outer():
    yield 0
    source = inner()
    yield from source
    yield g.gi_running


g = outer()
print(g.gi_frame.f_lineno, g.gi_running, g.gi_suspended, g.gi_yieldfrom)
print(next(g), g.gi_frame.f_lineno, g.gi_suspended)
print(next(g), g.gi_yieldfrom.__name__, g.gi_frame.f_locals["source"] is g.gi_yieldfrom)
print(next(g), g.gi_yieldfrom)
print(list(g), g.gi_frame, g.gi_suspended, g.gi_code.co_name)
g.__name__ = "other"
g.__qualname__ = "other.name"
print(repr(g).split(" at ")[0], g.__name__)
