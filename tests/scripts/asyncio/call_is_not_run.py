# Calling an async function creates a coroutine object and runs nothing.
import asyncio


async def special_fella(magic_number: int) -> str:
    print("inside", magic_number)
    return f"number {magic_number}"


coroutine = special_fella(magic_number=3)
print(type(coroutine), coroutine.__name__, coroutine.__qualname__)
print(asyncio.iscoroutine(coroutine), asyncio.iscoroutinefunction(special_fella))
print(coroutine.cr_running, coroutine.cr_await, coroutine.cr_frame.f_lineno)
print("now running it")
print(asyncio.run(coroutine))
print(coroutine.cr_frame)
