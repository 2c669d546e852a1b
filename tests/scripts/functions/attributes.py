# Attributes of functions and code objects.
def f(a, b=1, *c, d, e=2, **g):
    """Doc."""
    local = 1

    def inner():
        return local
    return inner


print(f.__name__, f.__qualname__, f.__module__, f.__doc__, f(1, d=1).__qualname__)
code = f.__code__
print(code.co_argcount, code.co_kwonlyargcount, code.co_posonlyargcount, code.co_varnames, code.co_nlocals, code.co_name, code.co_firstlineno)
f.custom = 5
print(f.__dict__, f.custom, f.__globals__ is globals())
del f.custom
f.__doc__ = None
f.__name__ = "renamed"
print(f.__name__, repr(f).split(" at ")[0], f.__type_params__)
g = lambda x: x
f.__code__ = g.__code__
print(f(9))
for action in (lambda: setattr(f, "__code__", 3), lambda: setattr(f, "__name__", 3), lambda: setattr(f, "__defaults__", 3), lambda: f.missing):
    try:
        action()
    except (TypeError, AttributeError) as error:
        print(error)
import types
copy = types.FunctionType(g.__code__, {}, "copied", (7,))
print(copy(), copy.__name__)
