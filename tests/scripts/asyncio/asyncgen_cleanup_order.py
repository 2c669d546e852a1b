# Asynchronous generators: aclose, athrow, what shutdown_asyncgens reports, and generators shared by two tasks.
import asyncio


async def numbers(log=print):
    try:
        for n in range(3):
            await asyncio.sleep(0)
            yield n
    finally:
        log("closed")


async def stubborn():
    try:
        yield 1
    finally:
        raise ValueError("while closing")


async def main():
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda loop, context: print(context["message"].partition(" <")[0], repr(context["exception"]),
                                                           sorted(context)))
    generator = numbers()
    print(await anext(generator), await generator.asend(None))
    await generator.aclose()
    print(await anext(generator, "exhausted"))
    generator = numbers()
    await anext(generator)
    try:
        await generator.athrow(KeyError("thrown"))
    except KeyError as error:
        print(repr(error))
    shared = numbers()
    results = await asyncio.gather(anext(shared), anext(shared), return_exceptions=True)
    print(results)
    await shared.aclose()
    kept.extend((stubborn(), numbers(lambda text: print("at the end:", text))))
    print(await anext(kept[0]), await anext(kept[1]))


kept = []
asyncio.run(main())
