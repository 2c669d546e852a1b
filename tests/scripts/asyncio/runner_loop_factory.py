# A Runner sets the current loop once, and not at all with a loop_factory; debug= switches debug mode.
import asyncio


class Policy(asyncio.DefaultEventLoopPolicy):
    def set_event_loop(self, loop):
        print("set_event_loop", None if loop is None else type(loop).__name__)
        super().set_event_loop(loop)

    def new_event_loop(self):
        print("new_event_loop")
        return super().new_event_loop()


class Loop(asyncio.SelectorEventLoop):
    pass


async def main():
    loop = asyncio.get_running_loop()
    return type(loop).__name__, loop.get_debug()


asyncio.set_event_loop_policy(Policy())
with asyncio.Runner() as runner:
    print(runner.run(main()), runner.run(main()))
print("-- with a factory")
with asyncio.Runner(loop_factory=Loop, debug=True) as runner:
    print(runner.run(main()))
print(asyncio.run(main(), loop_factory=Loop), asyncio.run(main(), debug=False))
print(asyncio.get_event_loop_policy().__class__.__name__)
asyncio.set_event_loop_policy(None)
print(asyncio.get_event_loop_policy().__class__.__name__)
try:
    asyncio.set_event_loop_policy(3)
except TypeError as error:
    print(error)
