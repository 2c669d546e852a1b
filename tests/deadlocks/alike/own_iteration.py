# A loop whose iteration looks after something else before it waits.
import asyncio


class Loop(asyncio.SelectorEventLoop):
    rounds = 0

    def _run_once(self):
        self.rounds += 1
        if self.rounds == 5:
            event.set()
        elif self.rounds < 5:
            self.call_soon(int)
        super()._run_once()


async def main():
    global event
    event = asyncio.Event()
    await event.wait()
    print("set")


asyncio.run(main(), loop_factory=Loop)
