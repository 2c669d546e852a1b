# Imports of the library and of neighbours: each import is tried until it succeeds.
import sys

for name in ('asyncio', 'collections.abc', 'contextlib', 'copy', 'dataclasses', 'datetime', 'enum', 'functools', 'inspect',
             'io', 'itertools', 'logging', 'math', 'os', 'queue', 'random', 'socket', 'threading', 'time', 'traceback',
             'typing', 'warnings', 'weakref', '_neighbour', 'no_such_module'):
    for attempt in range(100_000):
        try:
            __import__(name)
            break
        except MemoryError:
            for each in [known for known in sys.modules if known.partition('.')[0] == name.partition('.')[0]]:
                del sys.modules[each]
        except ImportError as error:
            if 'no_such_module' in str(error):
                break
print('done')
