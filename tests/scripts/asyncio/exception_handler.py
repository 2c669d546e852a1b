# The loop's exception handler: default text, a custom one, a custom one that fails, and none again.
import asyncio


def handler(loop, context):
    print("custom:", context["message"], repr(context.get("exception")))


def broken(loop, context):
    raise RuntimeError("the handler is broken")


async def main():
    loop = asyncio.get_running_loop()
    print(loop.get_exception_handler())
    loop.call_exception_handler({"message": "default text", "number": 3, "what": "extra"})
    loop.set_exception_handler(handler)
    print(loop.get_exception_handler() is handler)
    loop.call_exception_handler({"message": "text", "exception": ValueError(1)})
    loop.call_soon(lambda: 1 / 0)
    await asyncio.sleep(0)
    loop.set_exception_handler(broken)
    loop.call_exception_handler({"message": "lost"})
    loop.set_exception_handler(None)
    try:
        loop.set_exception_handler(7)
    except TypeError as error:
        print(error)


asyncio.run(main())
