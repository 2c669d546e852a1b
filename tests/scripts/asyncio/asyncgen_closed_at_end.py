# An async generator left half-way is closed by the loop; its finally may await.
import asyncio


async def numbers():
    try:
        for number in range(10):
            yield number
            await asyncio.sleep(0)
    finally:
        print("closing")
        await asyncio.sleep(0)
        print("closed")


async def main():
    async for number in numbers():
        print(number)
        if number == 2:
            break
    print("left the loop")
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    kept = numbers()
    print(await anext(kept))
    globals()["kept"] = kept
    print("main ends")


asyncio.run(main())
print("run is over")
