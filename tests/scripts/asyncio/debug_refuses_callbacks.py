# Debug mode: what is no callable, or a coroutine function, is refused by each call_* method.
import asyncio
import functools


async def coroutine():
    pass


class Callable:
    async def __call__(self):
        pass


async def main():
    loop = asyncio.get_running_loop()
    made = coroutine()
    for wrong in (1, "text", coroutine, functools.partial(coroutine), Callable().__call__):
        for call in (loop.call_soon, functools.partial(loop.call_later, 1), functools.partial(loop.call_at, 1),
                     loop.call_soon_threadsafe, functools.partial(loop.run_in_executor, None)):
            try:
                call(wrong)
            except TypeError as error:
                print(error)
    try:
        loop.call_soon(made)
    except TypeError as error:
        print(error)
    made.close()


asyncio.run(main(), debug=True)
