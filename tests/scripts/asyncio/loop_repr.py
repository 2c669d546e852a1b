# The loop's repr tells whether it runs, is closed, and is in debug mode.
import asyncio


class MyLoop(asyncio.SelectorEventLoop):
    pass


async def main():
    print(asyncio.get_running_loop())


loop = MyLoop()
print(loop, repr(loop))
loop.run_until_complete(main())
loop.set_debug(True)
loop.run_until_complete(main())
loop.close()
print(loop)
loop = asyncio.BaseEventLoop()
print(loop)
print(asyncio.EventLoop is asyncio.SelectorEventLoop, issubclass(asyncio.EventLoop, asyncio.AbstractEventLoop))
print(isinstance(loop, asyncio.AbstractEventLoop), isinstance(loop, asyncio.EventLoop))
loop.close()
