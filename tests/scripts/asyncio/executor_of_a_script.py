# run_in_executor with an executor written in the language; to_thread carries the context; exceptions and BaseExceptions.
import asyncio
import concurrent.futures
import contextvars
import threading

variable = contextvars.ContextVar("variable", default="outside")


class Immediate(concurrent.futures.Executor):
    def submit(self, function, /, *args, **kwargs):
        print("submit", args)
        future = concurrent.futures.Future()
        try:
            future.set_result(function(*args))
        except BaseException as error:
            future.set_exception(error)
        return future


def work(*args, **kwargs):
    variable.set("changed in the thread")
    return args, kwargs, threading.current_thread() is threading.main_thread()


async def main():
    loop = asyncio.get_running_loop()
    print(await loop.run_in_executor(Immediate(), work, 1, 2))
    variable.set("set by main")
    print(await asyncio.to_thread(work, 1, key="word"), await asyncio.to_thread(variable.get), variable.get())
    print(await loop.run_in_executor(None, variable.get))
    for error in (ValueError("v"), StopIteration("s"), KeyError()):
        def raises():
            raise error
        try:
            await asyncio.to_thread(raises)
        except Exception as caught:
            print(repr(caught), repr(caught.__cause__))
    results = await asyncio.gather(*[asyncio.to_thread(pow, n, 2) for n in range(5)])
    print(results)
    try:
        await asyncio.to_thread(3)
    except TypeError as error:
        print(error)


variable.set("module")
asyncio.run(main())
