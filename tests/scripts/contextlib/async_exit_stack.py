# AsyncExitStack: synchronous and asynchronous managers and callbacks together.
import asyncio
import contextlib


@contextlib.asynccontextmanager
async def asynchronous(name):
    print("enter", name)
    try:
        yield name
    except ValueError as error:
        print(name, "saw", repr(error))
        raise
    finally:
        await asyncio.sleep(0)
        print("exit", name)


@contextlib.contextmanager
def synchronous(name):
    print("enter", name)
    yield name
    print("exit", name)


async def callback(*args, **kwargs):
    print("callback", args, kwargs)


async def main():
    async with contextlib.AsyncExitStack() as stack:
        print(await stack.enter_async_context(asynchronous("a")), stack.enter_context(synchronous("b")))
        stack.push_async_callback(callback, 1, key=2)
        stack.callback(print, "plain callback")

        async def pushed(*details):
            print("pushed", details[0])
            return True
        stack.push_async_exit(pushed)
        raise ValueError("suppressed")
    try:
        async with contextlib.AsyncExitStack() as stack:
            await stack.enter_async_context(asynchronous("c"))
            raise ValueError("seen")
    except ValueError as error:
        print("out", repr(error))
    stack = contextlib.AsyncExitStack()
    await stack.enter_async_context(asynchronous("d"))
    moved = stack.pop_all()
    await stack.aclose()
    await moved.aclose()
    for wrong in (synchronous("never"), 3):
        try:
            await stack.enter_async_context(wrong)
        except TypeError as error:
            print(error)
    try:
        with stack:
            pass
    except TypeError as error:
        print(error)


asyncio.run(main())
