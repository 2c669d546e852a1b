# sleep: zero and less is one bare yield, NaN is refused, a cancelled one cancels its timer.
import asyncio


async def main():
    loop = asyncio.get_running_loop()
    calls = []
    original = loop.call_later

    def call_later(delay, callback, *args, **kwargs):
        calls.append(original(delay, callback, *args, **kwargs))
        print("call_later", delay, callback.__name__, args[1:], kwargs)
        return calls[-1]

    loop.call_later = call_later
    steps = asyncio.sleep(0, "result")
    print(steps.send(None))
    try:
        steps.send(None)
    except StopIteration as stop:
        print(stop.value)
    print(await asyncio.sleep(-5, "negative"), await asyncio.sleep(-0.0), await asyncio.sleep(False, "false"))
    try:
        await asyncio.sleep(float("nan"))
    except ValueError as error:
        print(error)
    print(await asyncio.sleep(0.01, result="slept"), calls[-1].cancelled())
    task = asyncio.create_task(asyncio.sleep(3600))
    await asyncio.sleep(0)
    print(calls[-1].cancelled(), task.cancel())
    await asyncio.wait([task])
    print(calls[-1].cancelled(), len(calls))
    task = asyncio.create_task(asyncio.sleep(float("inf")))
    await asyncio.sleep(0)
    task.cancel()


asyncio.run(main())
