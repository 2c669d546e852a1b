# The result of the main task is never turned into text.
import asyncio


class Unshowable:
    def __repr__(self):
        raise RuntimeError("repr of the result")

    __str__ = __repr__


async def main():
    return Unshowable()


for debug in (False, True):
    print(type(asyncio.run(main(), debug=debug)).__name__)
    with asyncio.Runner(debug=debug) as runner:
        print(type(runner.run(main())).__name__)
