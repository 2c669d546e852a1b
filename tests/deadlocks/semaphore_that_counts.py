# A semaphore that counts what there is: who takes a share holds nothing that would come back.
import asyncio


async def produce(items):
    for _ in range(3):
        items.release()
        await asyncio.sleep(0)


async def consume(items):
    while True:
        await items.acquire()
        print("one")


async def main():
    items = asyncio.Semaphore(0)
    await asyncio.gather(produce(items), consume(items))


asyncio.run(main())
