# The message of cancel(): any object; result(), exception() and await give it each time.
import asyncio


def error_of(call):
    try:
        call()
    except asyncio.CancelledError as error:
        return error.args


async def awaits(future):
    await future


loop = asyncio.new_event_loop()
for args in ((), (None,), ("text",), (3,), ((1, 2),), ([],), (ValueError("x"),)):
    future = loop.create_future()
    print(future.cancel(*args), future.cancel(*args), future.cancelled(), future.done(), future)
    print(error_of(future.result), error_of(future.exception), error_of(future.result))
    print(error_of(lambda: loop.run_until_complete(awaits(future))), future._cancel_message)
future = loop.create_future()
future.cancel(msg="by keyword")
print(error_of(future.result))
try:
    future.cancel("a", "b")
except TypeError as error:
    print(error)
loop.close()
