# An asynchronous generator first iterated after shutdown_asyncgens() is warned about.
import asyncio
import warnings


async def numbers():
    yield 1


async def main():
    loop = asyncio.get_running_loop()
    await loop.shutdown_asyncgens()
    generator = numbers()
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        async for number in generator:
            print(number)
    for warning in caught:
        print(warning.category.__name__, str(warning.message).replace(repr(generator), "GENERATOR"), warning.source is loop)


asyncio.run(main())
