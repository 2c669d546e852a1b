# An exception that nobody looked at is reported when the future dies; looking, awaiting and cancelling silence it.
import asyncio
import gc


class MyFuture(asyncio.Future):
    pass


def handler(loop, context):
    print(sorted(context), context["message"], repr(context["exception"]), context["future"])


def failed(kind=asyncio.Future):
    future = kind(loop=loop)
    future.set_exception(ValueError("lost"))
    return future


loop = asyncio.new_event_loop()
loop.set_exception_handler(handler)
for debug in (False, True):
    loop.set_debug(debug)
    print("--")
    failed()
    failed(MyFuture)
    gc.collect()
    print("-- silenced")
    failed().exception()
    failed()._log_traceback = False
    failed().cancel()
    try:
        failed().result()
    except ValueError:
        pass
    loop.create_future().set_result("a result")
    loop.create_future().cancel()
    gc.collect()
try:
    failed()._log_traceback = True
except ValueError as error:
    print(error)
loop.close()
