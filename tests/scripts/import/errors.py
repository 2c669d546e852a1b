# Errors of imports: a missing module, a missing name, a module that fails, one with a syntax error, relative beyond top.
def attempt(source):
    try:
        exec(source, {"__name__": "test", "__package__": None})
    except Exception as error:
        print(type(error).__name__, error, getattr(error, "name", None))


attempt("import no_such_module")
attempt("import lib.no_such_module")
attempt("import lib.plain.deeper")
attempt("from lib.plain import no_such_name")
attempt("from lib import no_such_name")
attempt("from . import x")
attempt("import lib.fails")
import sys
print("lib.fails" in sys.modules)
attempt("import lib.bad_syntax")
attempt("from lib.package import not_there")
attempt("import sys.path")
attempt("__import__('')")
