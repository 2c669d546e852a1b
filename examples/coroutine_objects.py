# Calling an async function makes a coroutine object and runs nothing; tasks queue it; a forgotten one warns.
import asyncio


async def special_fella(magic_number: int) -> int:
    print("special_fella got", magic_number)
    return magic_number * 2


event_loop = asyncio.new_event_loop()

coroutine = special_fella(magic_number=3)
print("1. a coroutine object:", coroutine)
print("   the loop can run it:", event_loop.run_until_complete(coroutine))

task = asyncio.Task(coro=special_fella(5), loop=event_loop)
print("2. a task is queued, not run:", task.done())
print("   now it runs:", event_loop.run_until_complete(task))


async def main():
    task = asyncio.Task(coro=special_fella(12))
    print("3. inside the loop no loop= is needed:", task.done())
    await task
    print("   done:", task.result())
    special_fella(99)
    print("4. the one above was forgotten, which the interpreter reports")


event_loop.run_until_complete(main())
event_loop.close()
