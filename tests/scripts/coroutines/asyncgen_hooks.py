# sys.set_asyncgen_hooks: firstiter on the first step, finalizer when one is left behind.
import sys


def firstiter(generator):
    print("firstiter", generator.__name__)


def finalizer(generator):
    print("finalizer", generator.__name__)
    try:
        generator.aclose().send(None)
    except StopIteration:
        print("closed")


async def numbers():
    try:
        yield 1
        yield 2
    finally:
        print("finally")


print(sys.get_asyncgen_hooks())
sys.set_asyncgen_hooks(firstiter, finalizer)
generator = numbers()
print("made")
try:
    generator.__anext__().send(None)
except StopIteration as stop:
    print(stop.value)
del generator
print("dropped")
sys.set_asyncgen_hooks(None, None)
try:
    sys.set_asyncgen_hooks(3)
except TypeError as error:
    print(error)
