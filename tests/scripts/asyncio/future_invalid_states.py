# Reading a pending future, ending one twice, and ending it with what is no exception.
import asyncio


def attempt(call, *args):
    try:
        print(call(*args))
    except (asyncio.InvalidStateError, TypeError) as error:
        print(type(error).__name__, error)


loop = asyncio.new_event_loop()
future = loop.create_future()
attempt(future.result)
attempt(future.exception)
for wrong in (1, "text", None, int, object()):
    future = loop.create_future()
    attempt(future.set_exception, wrong)
    print(future)
future = loop.create_future()
future.set_exception(LookupError)
print(repr(future.exception()))
attempt(future.set_exception, ValueError())
attempt(future.set_result, 1)
future = loop.create_future()
future.set_result(1)
attempt(future.set_result, 2)
attempt(future.set_exception, ValueError)
print(future.cancel(), future.cancel("message"), future.cancelled(), future)
future = loop.create_future()
future.cancel()
attempt(future.set_result, 2)
attempt(future.set_exception, ValueError)
loop.close()
