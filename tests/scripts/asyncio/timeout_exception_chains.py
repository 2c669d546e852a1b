# TimeoutError is raised from the CancelledError; exceptions of the body keep their own chain, with TimeoutError in it.
import asyncio


def chain(error, depth=0):
    if error is None or depth > 5:
        return "-"
    parts = [type(error).__name__ + repr(error.args)]
    if error.__cause__ is not None:
        parts.append("cause:" + chain(error.__cause__, depth + 1))
    parts.append("context:" + chain(error.__context__, depth + 1))
    if isinstance(error, BaseExceptionGroup):
        parts.append("of " + " and ".join(chain(e, depth + 1) for e in error.exceptions))
    return "(" + " ".join(parts) + ")"


async def plain():
    await asyncio.sleep(3600)


async def raises_in_finally():
    try:
        await asyncio.sleep(3600)
    finally:
        raise ValueError("in finally")


async def raises_from():
    try:
        await asyncio.sleep(3600)
    except asyncio.CancelledError as error:
        raise KeyError("from it") from error


async def raises_after():
    try:
        await asyncio.sleep(3600)
    except asyncio.CancelledError:
        pass
    raise ValueError("after it")


async def group():
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(raises_in_finally())
        await asyncio.sleep(3600)


async def main():
    for body in (plain, raises_in_finally, raises_from, raises_after, group):
        try:
            async with asyncio.timeout(0.02) as limit:
                await body()
        except BaseException as error:
            print(body.__name__, limit.expired(), chain(error))


asyncio.run(main())
