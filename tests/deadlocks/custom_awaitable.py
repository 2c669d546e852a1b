# An awaitable of a script around a future.
import asyncio


class Reply:
    def __init__(self):
        self.future = asyncio.get_running_loop().create_future()

    def __await__(self):
        print("asked")
        return (yield from self.future)


async def ask():
    return await Reply()


asyncio.run(ask())
