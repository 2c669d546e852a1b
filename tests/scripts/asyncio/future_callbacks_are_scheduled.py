# Done callbacks are never called at once: each is scheduled, in order, with the context of its adder or the given one.
import asyncio
import contextvars

variable = contextvars.ContextVar("variable", default="outside")


def show(name):
    return lambda future: print(name, variable.get(), future)


async def main():
    future = asyncio.get_running_loop().create_future()
    context = contextvars.copy_context()
    context.run(variable.set, "given")
    future.add_done_callback(show("first"))
    variable.set("changed")
    future.add_done_callback(show("second"))
    future.add_done_callback(show("third"), context=context)
    future.set_result("result")
    print("set")
    future.add_done_callback(show("added late"))
    variable.set("too late")
    asyncio.get_running_loop().call_soon(print, "call_soon")
    future.add_done_callback(show("last"), context=contextvars.Context())
    await asyncio.sleep(0)
    print("--")
    for wrong in ((), (1, 2)):
        try:
            future.add_done_callback(*wrong)
        except TypeError as error:
            print(error)


asyncio.run(main())
