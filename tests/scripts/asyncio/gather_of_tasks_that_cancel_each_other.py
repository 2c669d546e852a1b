# Tasks that cancel one another, their waiter, or the gather they belong to.
import asyncio


async def cancels(target, message):
    await asyncio.sleep(0)
    print("cancel", target().cancel(message))
    return message


async def waits():
    try:
        await asyncio.sleep(3600)
    except asyncio.CancelledError as error:
        return "swallowed", error.args


async def main():
    victim = asyncio.create_task(waits())
    print(await asyncio.gather(victim, cancels(lambda: victim, "one"), return_exceptions=True))
    future = asyncio.gather(waits(), cancels(lambda: future, "gather"), return_exceptions=True)
    try:
        print(await future)
    except asyncio.CancelledError as error:
        print("gather cancelled", error.args)
    me = asyncio.current_task()
    other = asyncio.create_task(cancels(lambda: me, "main"))
    try:
        await asyncio.gather(waits(), other)
    except asyncio.CancelledError as error:
        print("main cancelled", error.args, me.cancelling(), me.uncancel())
    first = asyncio.create_task(cancels(lambda: second, "second"))
    second = asyncio.create_task(cancels(lambda: first, "first"))
    print(await asyncio.gather(first, second, return_exceptions=True))


asyncio.run(main())
