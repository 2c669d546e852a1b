# A chain of iterators too deep for the C++ stack: RecursionError; CPython goes on, or dies of SIGSEGV when it is deeper.
import itertools

iterator = iter([1])
for _ in range(200000):
    iterator = itertools.chain(iterator)
try:
    print(next(iterator))
except RecursionError:
    print("RecursionError")
