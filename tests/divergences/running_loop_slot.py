# A second loop in a running one is refused, and the first is still the running loop; CPython 3.13.0 forgets it.
import asyncio


async def main():
    other = asyncio.new_event_loop()
    try:
        other.run_forever()
    except RuntimeError as error:
        print(error)
    try:
        print(asyncio.get_running_loop() is not None)
    except RuntimeError as error:
        print(error)
    other.close()


loop = asyncio.new_event_loop()
loop.run_until_complete(main())
loop.close()
