# A Runner keeps one context and one loop over its runs; context= replaces the context for one of them.
import asyncio
import contextvars

variable = contextvars.ContextVar("variable", default=0)


async def count(loops):
    loops.append(asyncio.get_running_loop())
    variable.set(variable.get() + 1)
    return variable.get()


loops = []
variable.set(10)
runner = asyncio.Runner()
print(runner.run(count(loops)), runner.run(count(loops)))
variable.set(100)
print(runner.run(count(loops)))
context = contextvars.copy_context()
print(runner.run(count(loops), context=context), context[variable], runner.run(count(loops)))
print(len(set(loops)), runner.get_loop() is loops[0], variable.get())
runner.close()
print(loops[0].is_closed())
