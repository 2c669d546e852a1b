# throw() of a future's iterator: one argument, the deprecated three, and wrong ones.
import asyncio
import warnings


def attempt(*args):
    steps = loop.create_future().__await__()
    next(steps)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            print("gave", steps.throw(*args))
        except BaseException as error:
            print(repr(error), error.__traceback__ is not None)
        for warning in caught:
            print(warning.category.__name__, warning.message)


loop = asyncio.new_event_loop()
attempt(ValueError("x"))
attempt(ValueError)
attempt(ValueError, "y")
attempt(ValueError, ValueError("z"), None)
attempt(ValueError, KeyError("k"))
attempt(ValueError("x"), "y")
attempt(int)
attempt("text")
attempt(3)
attempt(ValueError, None, "no traceback")
attempt(ValueError, (1, 2), None)
attempt()
loop.close()
