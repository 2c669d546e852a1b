# Two modules that import each other; a name missing in the half-made one.
import lib.circular_a

print(lib.circular_a.done, lib.circular_a.b.done)
try:
    import lib.circular_name_a
except ImportError as error:
    print(str(error).split(" (")[0])
