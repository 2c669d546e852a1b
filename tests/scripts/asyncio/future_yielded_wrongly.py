# Yielding a Future instead of awaiting it is an error of the task; iterating one without await too.
import asyncio


class Wrong:
    def __await__(self):
        yield asyncio.get_running_loop().create_future()


async def main():
    try:
        await Wrong()
    except RuntimeError as error:
        print(str(error).split(" in task ")[0])
    future = asyncio.get_running_loop().create_future()
    iterator = iter(future.__await__())
    print(next(iterator) is future)
    try:
        next(iterator)
    except RuntimeError as error:
        print(error)


asyncio.run(main())
