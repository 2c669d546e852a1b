# Outside a loop: what shield, gather, ensure_future and as_completed say, without a "never awaited" warning of their own.
import asyncio

asyncio.set_event_loop(None)


async def work():
    return "done"


for call in (asyncio.shield, asyncio.gather, asyncio.ensure_future, lambda c: asyncio.as_completed([c]), asyncio.create_task,
             asyncio.Task):
    coroutine = work()
    try:
        call(coroutine)
    except RuntimeError as error:
        print(error)
    coroutine.close()
loop = asyncio.new_event_loop()
future = loop.create_future()
print(asyncio.shield(future).get_loop() is loop, asyncio.gather(future).get_loop() is loop, asyncio.ensure_future(future) is future)
print(loop.run_until_complete(asyncio.ensure_future(work(), loop=loop)))
loop.close()
