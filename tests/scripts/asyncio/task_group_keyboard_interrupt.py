# KeyboardInterrupt and SystemExit of a child or the body are raised themselves, not in a group.
import asyncio


async def raises(error):
    raise error


async def waits():
    try:
        await asyncio.sleep(3600)
    finally:
        print("sibling cancelled")


async def main(error, in_body):
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(waits())
            await asyncio.sleep(0)
            if in_body:
                raise error
            group.create_task(raises(error))
    finally:
        print("group left")


for error in (KeyboardInterrupt("k"), SystemExit(5)):
    for in_body in (True, False):
        loop = asyncio.new_event_loop()
        loop.set_exception_handler(lambda loop, context: None)
        task = loop.create_task(main(error, in_body))
        while not task.done():
            try:
                loop.run_until_complete(task)
            except BaseException as left:
                print(repr(left), left is error, task.done())
        loop.close()
