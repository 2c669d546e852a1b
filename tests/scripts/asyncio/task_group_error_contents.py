# What a task group raises: a group of the errors without cancellations, without cause; a BaseExceptionGroup if need be.
import asyncio


class Own(BaseException):
    pass


async def fails(error):
    raise error


async def waits():
    await asyncio.sleep(3600)


async def cancelled():
    raise asyncio.CancelledError("by itself")


async def run(body_error, *children):
    try:
        async with asyncio.TaskGroup() as group:
            for child in children:
                group.create_task(child)
            if body_error:
                raise body_error
    except BaseException as error:
        print(repr(error), repr(error.__cause__), repr(error.__context__), error.__suppress_context__)
    else:
        print("no error")


async def main():
    await run(None, fails(ValueError("child")), waits())
    await run(KeyError("body"), waits(), waits())
    await run(KeyError("body"), fails(ValueError("child")))
    await run(None, fails(Own("base")), fails(ValueError("child")))
    await run(None, cancelled(), cancelled())
    await run(None, cancelled(), fails(ValueError("child")))
    await run(ExceptionGroup("inner", [ValueError(1)]), waits())
    await run(asyncio.CancelledError("raised in the body"), waits())


asyncio.run(main())
