# closing, aclosing, nullcontext, suppress and redirect_stdout.
import asyncio
import contextlib
import io


class Thing:
    def close(self):
        print("closed")

    async def aclose(self):
        print("aclosed")


async def main():
    async with contextlib.aclosing(Thing()) as thing:
        print(type(thing).__name__)
    async with contextlib.nullcontext("null") as value:
        print(value)


with contextlib.closing(Thing()), contextlib.nullcontext(3) as three, contextlib.suppress(KeyError, OSError):
    print(three)
    raise KeyError
with contextlib.suppress(ValueError):
    raise ExceptionGroup("group", [ValueError(1)])
try:
    with contextlib.suppress(ValueError):
        raise ExceptionGroup("group", [ValueError(1), KeyError(2)])
except ExceptionGroup as error:
    print(repr(error))
output = io.StringIO()
with contextlib.redirect_stdout(output) as target:
    print("captured")
print(repr(output.getvalue()), target is output)
asyncio.run(main())
