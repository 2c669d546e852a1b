# Imports of modules and packages beside the script: forms, order, attributes.
import sys

print("lib.package" in sys.modules)
import lib.package.module as m
from lib.package import value, submodule
from lib.package.submodule import *
from lib import plain

print(m.__name__, m.__package__, value, submodule.__name__, exported, plain.data)
print(sys.modules["lib.package"].__name__, lib_is_bound() if False else "lib" in globals())
import lib.package

print(lib.package.module is m, lib.package.__path__ != [], lib.package.__package__)
try:
    hidden
except NameError as error:
    print(error)
import lib.plain as again
print(again is plain, again.runs)
