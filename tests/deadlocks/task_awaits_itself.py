# Three tasks that await each other in a ring.
import asyncio

tasks = {}


async def follow(name):
    await asyncio.sleep(0)
    await tasks[name]


async def main():
    tasks.update(a=asyncio.create_task(follow("b"), name="a"), b=asyncio.create_task(follow("c"), name="b"),
                 c=asyncio.create_task(follow("a"), name="c"))
    await tasks["a"]


asyncio.run(main())
