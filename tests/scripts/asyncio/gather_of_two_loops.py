# gather and wait refuse futures of different loops.
import asyncio

loop, other = asyncio.new_event_loop(), asyncio.new_event_loop()
one, two = loop.create_future(), other.create_future()
try:
    asyncio.gather(one, two)
except ValueError as error:
    print(error)
try:
    asyncio.gather(two, two, one)
except ValueError as error:
    print(error)
print(asyncio.gather(one, one).get_loop() is loop, asyncio.gather(two).get_loop() is other)


async def waits():
    try:
        await asyncio.gather(two)
    except RuntimeError as error:
        print(str(error).partition(" cb=")[0].replace(asyncio.current_task().get_name(), "T"))


loop.run_until_complete(waits())
loop.close()
other.close()
