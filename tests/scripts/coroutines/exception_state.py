# sys.exception() is kept per coroutine while chains interleave.
import sys


class Cede:
    def __await__(self):
        yield


async def handler(name):
    print(name, "before", sys.exception())
    try:
        raise ValueError(name)
    except ValueError:
        await Cede()
        print(name, "during", repr(sys.exception()))
    await Cede()
    print(name, "after", sys.exception())


a, b = handler("a"), handler("b")
for turn in range(3):
    for coroutine in (a, b):
        try:
            raise KeyError("driver")
        except KeyError:
            try:
                coroutine.send(None)
            except StopIteration:
                pass
            print("driver sees", repr(sys.exception()))
