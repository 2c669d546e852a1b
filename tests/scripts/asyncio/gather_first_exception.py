# gather: the first exception arrives at once, the others go on; later exceptions count as retrieved.
import asyncio
import gc


async def fails(error, rounds):
    for _ in range(rounds):
        await asyncio.sleep(0)
    print("raising", repr(error))
    raise error


async def goes_on():
    for _ in range(6):
        await asyncio.sleep(0)
    print("went on to the end")
    return 1


async def main():
    asyncio.get_running_loop().set_exception_handler(lambda loop, context: print("handler", context["message"]))
    last = asyncio.create_task(goes_on())
    future = asyncio.gather(fails(ValueError("first"), 1), fails(KeyError("second"), 3), last)
    try:
        await future
    except ValueError as error:
        print("arrived", repr(error), future.done(), last.done())
    await last
    del future
    gc.collect()
    results = await asyncio.gather(fails(ValueError("a"), 2), goes_on(), fails(KeyError("b"), 1), return_exceptions=True)
    print(results)


asyncio.run(main())
