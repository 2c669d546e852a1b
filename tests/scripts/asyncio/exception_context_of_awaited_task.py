# An exception of a task that is awaited inside `except` gets the handled one as context, without making circles.
import asyncio


async def fails():
    raise ValueError("in the task")


def chain(error):
    names = []
    while error is not None and len(names) < 6:
        names.append(repr(error))
        error = error.__context__
    return names


async def main():
    task = asyncio.create_task(fails())
    try:
        try:
            raise KeyError("handled")
        except KeyError:
            await task
    except ValueError as error:
        print(chain(error))
    try:
        try:
            await task
        except ValueError:
            await task
    except ValueError as error:
        print(chain(error))
    try:
        try:
            raise OSError("other")
        except OSError:
            await asyncio.gather(task)
    except ValueError as error:
        print(chain(error))


asyncio.run(main())
