# Imports of the library and of neighbours: each import is tried until it succeeds.
import sys

from _sweep import sweep

NAMES = ('asyncio', 'collections.abc', 'contextlib', 'copy', 'dataclasses', 'datetime', 'enum', 'functools', 'inspect', 'io',
         'itertools', 'logging', 'math', 'os', 'queue', 'random', 'socket', 'threading', 'time', 'traceback', 'typing',
         'warnings', 'weakref', '_neighbour')


def fresh(name):
    def load():
        for known in [known for known in sys.modules if known.partition('.')[0] == name.partition('.')[0]]:
            del sys.modules[known]
        __import__(name)
    load.__name__ = name
    return load


def missing():
    try:
        import no_such_module
    except ImportError as error:
        assert error.name == 'no_such_module'


sweep(missing, *[fresh(name) for name in NAMES])
