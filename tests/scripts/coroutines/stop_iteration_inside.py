# StopIteration and StopAsyncIteration raised in a coroutine become RuntimeError.
async def stops():
    raise StopIteration("inside")


async def stops_async():
    raise StopAsyncIteration("inside")


for function in (stops, stops_async):
    try:
        function().send(None)
    except (RuntimeError, StopAsyncIteration) as error:
        print(type(error).__name__, error, repr(error.__cause__), error.__suppress_context__)
