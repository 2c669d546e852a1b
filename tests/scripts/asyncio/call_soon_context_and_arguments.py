# call_soon, call_later, call_at and call_soon_threadsafe: contexts, keyword errors, what they return.
import asyncio
import contextvars

variable = contextvars.ContextVar("variable", default="outside")


def show(*args):
    print(args, variable.get())


async def main():
    loop = asyncio.get_running_loop()
    context = contextvars.copy_context()
    context.run(variable.set, "given")
    variable.set("main")
    for call in (loop.call_soon, loop.call_soon_threadsafe):
        print(type(call(show, 1, 2)).__name__, call(show, context=context).get_context() is context)
    print(type(loop.call_later(0.01, show, "later", context=context)).__name__, loop.call_at(loop.time() + 0.06, show, "at").cancelled())
    variable.set("changed later")
    for wrong in (lambda: loop.call_soon(), lambda: loop.call_later(1), lambda: loop.call_at(1), lambda: loop.call_soon(show, key=1),
                  lambda: loop.call_soon_threadsafe()):
        try:
            wrong()
        except TypeError as error:
            print(error)
    await asyncio.sleep(0.15)
    handle = loop.call_soon(show, context=3)
    loop.set_exception_handler(lambda loop, context: print(type(context["exception"]).__name__, context["exception"]))
    await asyncio.sleep(0)
    print(handle.get_context())


asyncio.run(main())
