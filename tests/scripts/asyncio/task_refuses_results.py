# A task's result cannot be set from outside.
import asyncio


async def main():
    task = asyncio.current_task()
    for call in (lambda: task.set_result(1), lambda: task.set_exception(ValueError)):
        try:
            call()
        except RuntimeError as error:
            print(error)
    print(task.done())


asyncio.run(main())
