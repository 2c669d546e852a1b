# Future(): takes the loop by keyword only; without one it needs a current loop.
import asyncio

for wrong in (lambda: asyncio.Future(), lambda: asyncio.Future(1), lambda: asyncio.Future(lop=1), lambda: asyncio.Future(loop=object())):
    asyncio.set_event_loop(None)
    try:
        print(wrong())
    except (RuntimeError, TypeError, AttributeError) as error:
        print(type(error).__name__, error)
loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
print(asyncio.Future().get_loop() is loop, asyncio.Future(loop=loop).get_loop() is loop, asyncio.Future(loop=None)._loop is loop)
asyncio.set_event_loop(None)


async def main():
    print(asyncio.Future().get_loop() is asyncio.get_running_loop())


loop.run_until_complete(main())
future = loop.create_future()
future.set_result(1)
future.__init__(loop=loop)
print(future)
print(asyncio.Future[int], asyncio.Future.__module__, asyncio.Future.__name__)
loop.close()
