# _run_once replaced on a loop or in a subclass is what run_forever calls, once per iteration.
import asyncio


class Loop(asyncio.SelectorEventLoop):
    def _run_once(self):
        print("iteration begins")
        super()._run_once()


async def main():
    print("main")
    await asyncio.sleep(0)
    print("after one iteration")


loop = Loop()
loop.run_until_complete(main())
loop.close()
loop = asyncio.new_event_loop()
count = 0
original = loop._run_once


def run_once():
    global count
    count += 1
    original()


loop._run_once = run_once
loop.run_until_complete(main())
print(count)
del loop._run_once
loop.run_until_complete(main())
print(count)
loop.close()
