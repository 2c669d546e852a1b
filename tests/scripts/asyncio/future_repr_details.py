# Reprs of futures: subclasses, many callbacks, long results, a future that is its own result; debug mode adds where made.
import asyncio


class MyFuture(asyncio.Future):
    pass


def callback(number):
    def called(future):
        pass
    return called


for debug in (False, True):
    loop = asyncio.new_event_loop()
    loop.set_debug(debug)
    future = MyFuture(loop=loop)
    for number in range(5):
        print(future)
        future.add_done_callback(callback(number))
    future.set_result("x" * 100)
    print(future)
    future = asyncio.Future(loop=loop)
    future.set_result([future, list(range(10)), {"key": {"inner": [[[[[[1]]]]]]}}])
    print(future)
    future = asyncio.Future(loop=loop)
    future.set_exception(ValueError("y" * 40))
    print(future, future.exception() is not None)
    other = asyncio.Future(loop=loop)
    future = asyncio.Future(loop=loop)
    future.add_done_callback(other.set_result)
    future.add_done_callback(print)
    print(future)
    future.cancel()
    print(future)
    loop.close()
