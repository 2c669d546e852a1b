# join() waits until every item has been told done; one task_done too many is an error.
import asyncio


async def main():
    queue = asyncio.Queue()
    await asyncio.wait_for(queue.join(), 60)
    for number in range(3):
        queue.put_nowait(number)
    joining = [asyncio.create_task(queue.join()) for _ in range(2)]
    for number in range(3):
        await asyncio.sleep(0)
        print(queue.get_nowait(), [task.done() for task in joining], queue._unfinished_tasks)
        queue.task_done()
    await asyncio.wait(joining)
    try:
        queue.task_done()
    except ValueError as error:
        print(error)
    queue.put_nowait(1)
    joining = asyncio.create_task(queue.join())
    await asyncio.sleep(0)
    print(joining.done())
    joining.cancel()
    queue.get_nowait()
    print(await asyncio.gather(joining, return_exceptions=True), queue._unfinished_tasks)
    queue.task_done()
    print(await queue.join())


asyncio.run(main())
