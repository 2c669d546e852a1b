# Errors of awaiting what is not awaitable, or whose __await__ is wrong.
class Returns:
    def __init__(self, value):
        self.value = value

    def __await__(self):
        return self.value


async def coroutine():
    pass


async def f(value):
    await value


inner = coroutine()
for value in (1, None, "text", [], Returns(3), Returns(inner), Returns(None), object()):
    try:
        f(value).send(None)
    except TypeError as error:
        print(error)
inner.close()


async def with_none():
    async with None:
        pass


async def over_list():
    async for _ in [1]:
        pass


async def wrong_aiter():
    class A:
        def __aiter__(self):
            return 1

    async for _ in A():
        pass


for function in (with_none, over_list, wrong_aiter):
    try:
        function().send(None)
    except TypeError as error:
        print(error)
