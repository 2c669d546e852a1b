# close(): twice is fine, not while it runs; a closed loop refuses everything.
import asyncio


async def main():
    try:
        asyncio.get_running_loop().close()
    except RuntimeError as error:
        print(error)


loop = asyncio.new_event_loop()
print(loop, loop.is_closed())
loop.run_until_complete(main())
loop.call_soon(print, "dropped")
loop.close()
loop.close()
print(loop, loop.is_closed(), loop.is_running())
future = loop.create_future()
coroutine = asyncio.sleep(0)
for call in (loop.run_forever, lambda: loop.run_until_complete(future), lambda: loop.call_soon(print),
             lambda: loop.call_soon_threadsafe(print), lambda: loop.call_later(1, print), lambda: loop.call_at(1, print),
             lambda: loop.create_task(coroutine), lambda: loop.run_in_executor(None, print),
             lambda: loop.add_signal_handler(10, print), lambda: loop.add_reader(0, print), loop.stop,
             lambda: future.set_result(1), lambda: future.add_done_callback(print)):
    try:
        print("returned", call())
    except Exception as error:
        print(type(error).__name__, error)
coroutine.close()
