# What a failing callback hands to the exception handler; in debug mode also where the handle was made.
import asyncio
import functools


def fails(*args):
    raise ValueError("from the callback", *args)


class Callable:
    def __call__(self):
        raise KeyError("callable")

    def __repr__(self):
        return "<the callable>"


def handler(loop, context):
    print(sorted(context), context["message"])
    print("   ", repr(context["exception"]), context["handle"] is not None)


async def main():
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(handler)
    loop.call_soon(fails, 1, 2)
    loop.call_soon(Callable())
    loop.call_soon(functools.partial(fails, 3), 4)
    loop.call_later(0, fails)
    await asyncio.sleep(0.05)
    print(loop.get_exception_handler() is handler)
    loop.set_exception_handler(None)
    print(loop.get_exception_handler())


asyncio.run(main())
asyncio.run(main(), debug=True)
