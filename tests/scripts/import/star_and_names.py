# Names given by `import a.b`, `import a.b as c`, and `__all__` that names a missing thing.
import lib.package.submodule

print(lib.__name__, lib.package.submodule.exported)
try:
    exec("from lib.bad_all import *")
except AttributeError as error:
    print(error)
import lib.package as p, lib.plain
print(p.value, __import__("lib.package.module").__name__, __import__("lib.package.module", fromlist=["x"]).__name__)


def local_import():
    import lib.plain as inner
    from lib.package import value as renamed
    return inner.data, renamed


print(local_import())
