# Each task runs in a copy of its creator's context; callbacks in the context given to them.
import asyncio
import contextvars

variable = contextvars.ContextVar("variable", default="unset")


async def child(value):
    print("child sees", variable.get())
    variable.set(value)
    await asyncio.sleep(0)
    print("child keeps", variable.get())


async def main():
    variable.set("main")
    await asyncio.gather(child("a"), child("b"))
    print("main still", variable.get())
    context = contextvars.copy_context()
    await asyncio.create_task(child("given"), context=context)
    print("in the given context:", context[variable], "here:", variable.get())
    loop = asyncio.get_running_loop()
    empty = contextvars.Context()
    loop.call_soon(lambda: print("callback", variable.get()))
    loop.call_soon(lambda: print("callback in an empty context", variable.get()), context=empty)
    await asyncio.sleep(0)


asyncio.run(main())
print(variable.get())
