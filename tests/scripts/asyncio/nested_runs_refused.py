# A loop cannot be run while it, or another one, runs in this thread.
import asyncio

other = asyncio.new_event_loop()


async def run(call, argument=None):
    try:
        call() if argument is None else call(argument)
    except RuntimeError as error:
        print(error)


async def nothing():
    pass


loop = asyncio.new_event_loop()
loop.run_until_complete(run(loop.run_forever))
future = loop.create_future()
loop.run_until_complete(run(loop.run_until_complete, future))
loop.run_until_complete(run(other.run_forever))
loop.run_until_complete(run(other.run_until_complete, future))
print(future, loop, other)
loop.run_until_complete(nothing())
loop.close()
other.close()
