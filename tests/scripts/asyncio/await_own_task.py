# A task cannot await itself; a future of another loop is refused.
import asyncio


async def main():
    task = asyncio.current_task()
    try:
        await task
    except RuntimeError as error:
        print(str(error).split(": ")[0])
    other = asyncio.new_event_loop()
    try:
        await other.create_future()
    except RuntimeError as error:
        print(str(error).split("got Future ")[1])
    other.close()


asyncio.run(main())
