# Attributes of modules: __getattr__ of a module, __dir__, setting, deleting, reloading by hand.
import sys
import types
from lib import dynamic

print(dynamic.something, dynamic.other, dir(dynamic))
try:
    dynamic.missing
except AttributeError as error:
    print(error)
from lib.dynamic import computed
print(computed)
module = types.ModuleType("made", "its doc")
print(module, module.__doc__, module.__name__, vars(module)["__spec__"])
module.x = 1
sys.modules["made"] = module
import made
from made import x
print(made is module, x)
del made.x
for action in (lambda: made.x, lambda: setattr(sys, "no", 1) or sys.no, lambda: types.ModuleType()):
    try:
        print(action())
    except (AttributeError, TypeError) as error:
        print(error)
del sys.modules["made"]
try:
    import made
except ModuleNotFoundError as error:
    print(error)
