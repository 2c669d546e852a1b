# to_thread and run_in_executor run a blocking function on a thread, in the caller's context.
import asyncio
import contextvars
import threading

variable = contextvars.ContextVar("variable")


def blocking(number):
    return number * 2, variable.get("unset"), threading.current_thread() is threading.main_thread()


async def main():
    variable.set("here")
    print(await asyncio.to_thread(blocking, 21))
    print(await asyncio.get_running_loop().run_in_executor(None, blocking, 4))
    try:
        await asyncio.to_thread(int, "x")
    except ValueError as error:
        print(error)


asyncio.run(main())
