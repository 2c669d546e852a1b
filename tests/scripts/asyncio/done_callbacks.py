# Done callbacks: order, removal, one added when already done, an exception in one.
import asyncio


def report(name):
    return lambda future: print(name, future.result())


async def main():
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda _, context: print("handler:", context["message"].split(" at ")[0], repr(context["exception"])))
    future = loop.create_future()
    first, second, third = report("first"), report("second"), report("third")
    for callback in (first, second, third, second):
        future.add_done_callback(callback)
    print("removed", future.remove_done_callback(second))
    future.add_done_callback(lambda f: 1 / 0)
    future.add_done_callback(report("last"))
    future.set_result("value")
    print("set")
    await asyncio.sleep(0)
    future.add_done_callback(report("too late, but called"))
    print("added")
    await asyncio.sleep(0)


asyncio.run(main())
