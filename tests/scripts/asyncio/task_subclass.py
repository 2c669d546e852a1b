# A subclass of Future and one of Task work in awaits and gather.
import asyncio


class Loud(asyncio.Future):
    def set_result(self, value):
        print("set_result", value)
        super().set_result(value)


class Counted(asyncio.Task):
    count = 0

    def __init__(self, *args, **kwargs):
        Counted.count += 1
        super().__init__(*args, **kwargs)


async def value():
    return 4


async def main():
    loop = asyncio.get_running_loop()
    loop.set_task_factory(lambda loop, coro, **options: Counted(coro, loop=loop, **options))
    future = Loud(loop=loop)
    loop.call_soon(future.set_result, "loud")
    print(await asyncio.gather(future, value(), value()))
    print(Counted.count, isinstance(asyncio.create_task(value()), Counted))
    loop.set_task_factory(None)
    print(type(asyncio.create_task(value())).__name__)
    await asyncio.sleep(0)


asyncio.run(main())
