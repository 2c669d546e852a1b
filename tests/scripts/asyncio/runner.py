# asyncio.Runner: several runs on one loop and context, its states and errors.
import asyncio
import contextvars

variable = contextvars.ContextVar("variable")


async def put(value):
    variable.set(value)
    return asyncio.get_running_loop()


async def get():
    return variable.get("nothing")


with asyncio.Runner() as runner:
    loop = runner.run(put("kept"))
    print(loop is runner.get_loop(), runner.run(get()))
    print(runner.run(get(), context=contextvars.Context()))
print(loop.is_closed())
try:
    runner.run(None)
except Exception as error:
    print(type(error).__name__, error)
runner = asyncio.Runner(debug=True)
print(runner.get_loop().get_debug())
runner.close()
runner.close()
try:
    runner.get_loop()
except RuntimeError as error:
    print(error)
