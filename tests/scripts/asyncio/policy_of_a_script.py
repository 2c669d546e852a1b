# A policy written in the language: where new_event_loop, get_event_loop and run look.
import asyncio
import threading
import warnings


class Policy(asyncio.AbstractEventLoopPolicy):
    loop = None

    def new_event_loop(self):
        print("new_event_loop")
        return asyncio.SelectorEventLoop()

    def set_event_loop(self, loop):
        print("set_event_loop", type(loop).__name__)
        self.loop = loop

    def get_event_loop(self):
        print("get_event_loop")
        return self.loop


async def main():
    print(asyncio.get_event_loop() is asyncio.get_running_loop())


asyncio.set_event_loop_policy(Policy())
asyncio.run(main())
print(asyncio.get_event_loop())
for method, args in (("get_event_loop", ()), ("set_event_loop", (None,)), ("new_event_loop", ())):
    try:
        getattr(asyncio.AbstractEventLoopPolicy(), method)(*args)
    except NotImplementedError as error:
        print("NotImplementedError", error)
asyncio.set_event_loop_policy(None)
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    loop = asyncio.get_event_loop()
    print(asyncio.get_event_loop() is loop, [(w.category.__name__, str(w.message)) for w in caught])
asyncio.set_event_loop(None)
for target in (asyncio.get_event_loop,):
    try:
        target()
    except RuntimeError as error:
        print(error)
loop.close()
print(issubclass(asyncio.DefaultEventLoopPolicy, asyncio.AbstractEventLoopPolicy), asyncio.AbstractEventLoopPolicy.__module__)
