# A StopIteration cannot be the exception of a future: it becomes a RuntimeError, with the original as cause and context.
import asyncio


class Stop(StopIteration):
    pass


loop = asyncio.new_event_loop()
for given in (StopIteration(12), StopIteration, Stop("own")):
    future = loop.create_future()
    future.set_exception(given)
    error = future.exception()
    print(repr(error))
    print(repr(error.__cause__), error.__cause__ is error.__context__, error.__suppress_context__)
    try:
        loop.run_until_complete(future)
    except RuntimeError as raised:
        print(raised is error)


async def returns_one():
    raise StopIteration("from a coroutine")


try:
    loop.run_until_complete(returns_one())
except RuntimeError as error:
    print(repr(error), repr(error.__cause__))
loop.close()
